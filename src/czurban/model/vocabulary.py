"""List the words of headers, titles, notes and remarks that tables are read by.

A word can be added here without touching code. Spaces, full width and letter case make no difference. A plan can add
header words with the key `words` (see docs/reference/tables.md).
"""

HEADER_WORDS = {
    "number": ("序号 编号 指标编号 指标序号 指标代码 代码 no no. number id indicator_id"),
    "indicator": (
        "指标 指标名称 名称 项目 指标项 主要指标 考核指标 考核指标名称 绩效指标 绩效指标名称 主要经济指标 经济指标 "
        "统计指标 统计指标名称 考核内容 考核项目 指标内容 具体指标 评价指标 监测指标 指标项目 项目名称 indicator name "
        "indicator_name"
    ),
    "level": ("一级指标 二级指标 三级指标 四级指标"),
    "value": (
        "数值 完成值 实际完成 实际完成值 实际值 实际 完成 完成数 完成数值 完成情况 实际完成情况 指标完成情况 "
        "目标完成情况 完成情况统计 目标任务完成情况 任务完成情况 计划完成情况 年度目标完成情况 年度任务完成情况 "
        "全年完成情况 年度完成情况 绝对额 已完成 已完成数 完成数量 实际完成数量 实际达到 实际达到数 年底数 年底值 "
        "核定数 审定数 审定值 统计数 统计值 上报数 上报值 指标值 填报值 实绩 值 数 数据 数量 数额 金额 总量 绝对数 "
        "绝对量 绝对值 实际数 实际完成数 实际完成数值 实际数值 执行 执行数 实际执行数 决算数 实现值 实现数 实际实现值 "
        "达成 达成值 实际达成 实际达成值 年末完成值 年末完成数 年末数 期末数 年末值 期末值 年末实际 本年 本年数 "
        "本年实际 本年实际数 本年完成 本年完成值 本年完成数 当年完成 当年完成值 全年完成 全年完成值 全年实际 全年数 "
        "现状值 现状数 自评值 自评数 自评完成值 自评完成数 "
        "actual value actual_value reported result achieved"
    ),
    "cumulative": (
        "累计 累计数 累计值 累计完成 累计完成数 累计完成值 累计完成情况 实际累计完成 本年累计 本年累计数 本年累计完成 "
        "本年累计完成数 本年累计完成值 全年累计 年初累计 自年初累计 年初至今 年初至今累计 年初以来累计 本月止累计 "
        "至本月累计 1-本月 1-本月累计 1至本月累计 ytd cumulative"
    ),
    "unit": ("单位 计量单位 量纲 数据单位 指标单位 unit units"),
    "period": (
        "年份 年度 时期 期间 时间 报告期 数据时期 统计年份 统计年度 统计期 统计时期 统计期间 统计时间 所属期 所属时期 "
        "所属年份 所属年度 数据年份 数据年度 数据时间 数据期 报告年份 报告年度 报告期间 period year date"
    ),
    "part": ("月份 月度 季度 月 季 month quarter"),
    "region": (
        "地区 区域 行政区 行政区划 行政区域 地域 县区 区县 县(区) 市县 县市 市(县) 县市区 市县区 市(县、区) "
        "县(市、区) 所属地区 所在地区 地区名称 地区或部门 region area district regionordepartment"
    ),
    "sender": (
        "填报单位 填报部门 部门 报送单位 报送部门 责任部门 牵头部门 牵头责任部门 牵头单位 责任单位 单位名称 部门名称 "
        "填报单位名称 上报单位 上报部门 department sender reported_by"
    ),
    "status": ("数据状态 状态 数据性质 status"),
    "qualifier": (
        "类型 数据类型 数据类别 数值类型 类别 性质 性别 分项 分组 分类 口径 统计口径 数据口径 范围 统计范围 人群 群体 "
        "城乡 type kind scope sex gender"
    ),
    "note": (
        "备注 说明 备注说明 情况说明 完成情况说明 偏差原因 偏差原因分析 偏差原因分析及改进措施 未完成原因 "
        "未完成原因分析 原因分析 存在问题 note notes remark remarks comment comments"
    ),
    "target": (
        "目标 目标值 目标数 年度目标 年度目标值 指标目标 目标任务 任务目标 目标要求 年度指标值 年度指标 计划 计划数 "
        "计划值 年度计划 年度计划数 计划目标 任务 任务数 任务数量 年度任务 年度任务数 全年任务 全年目标 预期 预期值 "
        "预期数 预期目标 年初目标 年初目标值 年初计划 考核目标 考核目标值 目标任务数 下达数 下达任务 下达任务数 "
        "下达目标 分解任务数 target target_value goal plan planned"
    ),
    "baseline": (
        "基期 基期值 基数 基准值 上年 上年值 上年数 上年基数 上年完成 上年完成值 上年完成情况 上年实际 上年末 去年 "
        "去年完成 去年完成情况 baseline base"
    ),
    "other": (
        "完成率 完成率(%) 完成比例 完成百分比 完成进度 目标完成率 任务完成率 计划完成率 完成占比 进度 序时进度 "
        "时序进度 占年度目标 占年度目标% 占年度计划% 占全年目标% 占目标% 占年度任务% 占比 比重 占比(%) 同比 同比% "
        "同比增长 同比增长% 同比增减 同比增减% 同比增速 同比变化 同比变动 同比± 同比±% 环比 环比增长 比上年增长 "
        "比上年增长% 比上年增减 比上年 较上年 较上年增长 较上年增减 比去年增长 增速 增长 增长率 增长% 增幅 增减 增减% "
        "增减额 增减率 升降 涨跌 涨跌幅 差距 差额 差值 缺口 偏差 偏差率 排名 位次 名次 全省排名 全区排名 得分 评分 "
        "自评得分 自评分 考核得分 考评得分 分值 分数 标准分 权重 权数 上年同期 上年同期数 上年同期值 去年同期 "
        "去年同期数 同期 同期数 同期值 是否完成 是否达标 完成与否 达标情况 预算 预算数 年初预算 调整预算 预计 预计数 "
        "预计值 预计完成 预计完成值 预计完成数 全年预计 预测 预测值 预测数 预估 预估值 预估数 估计 估计数 估算 "
        "计划完成 计划完成数 本月 本月数 本月完成 本月完成数 本月实际 本月末 当月 当月数 当月值 当月完成 本季 本季度 "
        "本季数 当季 本日 本周 上月 县域 县城 城镇 农村 乡村 城市 男 女 其中 完成时限 完成时间 时限 截止时间 填报日期 "
        "填报时间 填表日期 上报时间 报送时间 更新时间 更新日期 数据来源 资料来源 来源 责任人 负责人 联系人 填表人 "
        "填报人 审核人 联系电话 电话 指标属性 属性 指标方向 计算公式 计算方法 指标解释 指标说明 评分标准 completion "
        "completion_rate growth change rank score weight forecast estimate budget source"
    ),
}
"""The names of columns, by what they hold; messages suggest the first word of each list.

`cumulative` are results counted from 1 January. `level` are the columns of a table with several levels of indicators;
the deepest has their names. `qualifier` is the part or kind of a row's figure. `other` are known columns that never
hold a result: completion rates, growth, ranks, scores, forecasts, budgets, parts, last year's figures, people, dates.
"""

NEUTRAL = "数值 值 指标值 数 数据 数量 数额 金额 value"
"""Words for a value that may be a result or a target, so that they can be below a header such as 目标."""

GENERAL_NAMES = "项目 项目名称"
"""Words for a column of names that may also hold groups; a column with a word for indicators takes precedence."""

EXACT_NUMBERS = "编号 指标编号 指标代码 代码 id indicator_id"
"""Columns of numbers that identify an indicator without its name; 序号 may only count the rows."""

WHOLE = "全市 本市 全省 本省 全区 本区 全县 本县 全州 本州 全盟 本盟 全旗 本旗 全国 合计 总计 总数 全部 total"
"""Words for the whole region where regions or parts have columns or rows; 全区 is the whole of a 区."""

PARTS = (
    "市区 城区 市辖区 中心城区 主城区 市本级 本级 区本级 县本级 市直 县直 区直 市直单位 县域 县城 城镇 农村 "
    "乡村 郊区 男 女 男性 女性 男生 女生 其中 部分 urban rural male female"
)
"""Words for a part of the whole in a remark, in an unknown column, or in a row that heads others."""

FORECAST = "预计 预测 预估 预期 估算 估计 测算 推算 暂估 模拟 forecast estimate estimated projected expected"
"""Words that mark a figure as a forecast."""

TARGETS = "目标 计划 规划 任务 预算 预期 target targets planned budget"
"""Words that mark a figure as a target."""

REACHED = "完成 实际 实绩 情况 进展 统计 自评 执行 决算"
"""Words in a title with a word for targets that mark its figures as results nevertheless."""

SET = "申报 下达 分解 任务书 责任书 安排 编制"
"""Words in a title that mark its figures as targets even then."""

RESULTS = (
    "实际 实际数 实际值 实绩 完成 完成数 完成值 实际完成 实际完成数 执行 执行数 决算 决算数 统计 统计数 "
    "年报 年报数 快报 快报数 初步 初步数 最终 最终数 修订 修订数 核定 核定数 累计 累计数 本年累计 全年 年度 "
    "年末 年末数 期末 actual final"
)
"""Words for a result in a column such as 数据类型."""

WITHDRAWN = "作废 勿用 不作数 撤回 撤销 有误 错误 填错 无效 应为 应是 应改为 应更正为"
"""Words that withdraw a figure."""

FILLERS = (
    "以上 上述 以下 下列 表中 本表 表内 本次 本数 此数 该数 均 全部 全为 都 指标 数据 数值 统计时间 统计日期 数据时间 "
    "数据日期 截止日期 截止时间 截至日期 时点 统计期 所属期 报告期 为 系 是 取 采用 使用 用 按 截至 截止 更新 "
    "到 至 止 于 的 值 数 仅 只有 含 包含 部分 沿用 暂用 暂填 暂报 暂按 暂以 先填 以 填报 代替 替代 最新 可得 "
    "引用 套用 此为 这是 此项 该项 数据来源 资料来源 来源 "
    "data figures all the are is for as of at until to preliminary 快报 年报 初步 累计 "
    "完成 实际 情况 口径 统计 : 年 季报 报 月报"
)
"""Words of a remark without a meaning of their own: a clause of these and a period states the period of the figures."""

NO_RESULTS = "同比 同比增长 环比 环比增长 增速 增长率 增幅 增减额 增减率 完成率 完成进度 序时进度 得分 排名"
"""Words that alone, as a whole remark, mark a figure as something else than a result."""

TITLES_OF_NO_RESULTS = (
    "增速 增长率 增长速度 增长 增幅 增减 增减幅度 同比 环比 排名 排序 位次 得分 评分 完成率 完成进度 序时进度 考核标准 "
    "评分标准 平均 平均数 平均水平 月均 年均"
)
"""Ends of titles whose figures are no results, unless their columns are headed as such."""

GENERAL_KINDS = "类型 类别 性质 分类 type kind"
"""Columns that may describe the indicator as well as the figure, so that only known words count in them."""

KIND_OF_DATA = "数据类型 数据类别 数值类型"
"""Columns for the kind of a figure, in which only words for results are accepted."""

PROVINCES = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 "
    "四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆"
)
"""Regions that are recognised without 省 or 自治区 behind their name."""

CITIES = (
    "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 "
    "临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 沈阳 大连 鞍山 抚顺 本溪 丹东 "
    "锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 长春 四平 辽源 通化 白山 松原 白城 延边 哈尔滨 齐齐哈尔 鸡西 鹤岗 "
    "双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 "
    "泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 "
    "黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 "
    "新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 "
    "滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 武汉 "
    "黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 "
    "郴州 永州 怀化 娄底 湘西 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 "
    "东莞 中山 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 "
    "三沙 儋州 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 阿坝 "
    "甘孜 凉山 贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南 黔东南 黔南 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 "
    "红河 文山 西双版纳 大理 德宏 怒江 迪庆 拉萨 日喀则 昌都 林芝 山南 那曲 阿里 西安 铜川 宝鸡 咸阳 渭南 延安 "
    "汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南 西宁 海东 海北 "
    "黄南 果洛 玉树 海西 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 "
    "喀什 和田 伊犁 塔城 阿勒泰"
)
"""Cities and prefectures that are recognised without 市 or 州 where a title or a file is named after nothing else."""

NARROWER = "规模以上 规上 限额以上 限上 重点企业 样本企业 样本户 抽样"
"""Words of a title that is about some firms or households, unless an indicator of the plan has the word."""

CONCEPTS = "常住/户籍 登记/调查 城镇/农村 公办/民办 含税/不含税"
"""Concepts that exclude each other: a remark with one does not describe the figure of an indicator with the other."""

GENERAL_REGIONS = (
    "城市 城区 市区 市辖区 地区 园区 辖区 社区 小区 建成区 规划区 示范区 开发区 新区 景区 校区 片区 郊区 农区 牧区 "
    "库区 县区 区县 市县 县市 县级市 地级市 自治区"
)
"""General words that end like the name of a region."""

LIKE_REGIONS = (
    "城市 都市 上市 超市 门市 股市 县市 省市 示范县 试点县 重点县 贫困县 边境县 强县 大县 穷县 文明县 卫生县 试点市 "
    "示范市 文明市 卫生市 创建市 社区 小区 小镇 城镇 乡镇 县级市 地级市"
)
"""Words at the beginning of a title that look like the name of a city or county, and are none."""

TITLE_WORDS = (
    "主要 基本 核心 重点 各项 有关 相关 经济 社会 发展 国民 经济社会 指标 指标体系 数据 数 完成 情况 统计 汇总 报表 "
    "上报 填报 一览 表 年度 任务 目标 绩效 考核 自评 进展 快报 年报 月报 季报 半年报 实际 执行 监测 评价 结果 报告 "
    "公报 工作 管委会 管理委员会 人民政府 政府 统计局 建设 新型 城镇化 明细 清单 台账 分解 "
    "初步 最终 修订 附件 附表 年 月 及 和 与 的"
)
"""General words of a title: a title of these and the name of an area is about that area."""

NO_AREAS = "地区 区域 县区 区县 市县 县市 市县区 县市区 城镇 乡镇 国民"
"""Words with the ending of an area's name that name no area in a title."""

ENGLISH_PROVINCES = (
    "China Beijing Tianjin Hebei Shanxi Liaoning Jilin Heilongjiang Shanghai Jiangsu Zhejiang Anhui Fujian Jiangxi "
    "Shandong Henan Hubei Hunan Guangdong Guangxi Hainan Chongqing Sichuan Guizhou Yunnan Tibet Xizang Shaanxi Gansu "
    "Qinghai Ningxia Xinjiang"
)
"""The country and its provinces in English titles."""

IN_PASSING = "比 较 增长 下降 计划 规划 拟 起 来源 文件 印发 发布 已按 修订 普查"
"""Words of a line that only mentions a year or a forecast."""
ASIDE = ("（供参考）", "(for reference)")
"""Ends of the headings of columns that are only for the reader of a form."""
