"""Translate the words of the benchmark's pages: the Chinese of each, by its English text."""

import re

CHINESE = {
    # Names of what was measured; a name without an entry is the same in both languages.
    "czurban, rows in Python": "czurban，Python 逐行",
    "czurban, DuckDB": "czurban，DuckDB",
    "czurban, Spark local[2]": "czurban，Spark local[2]",
    "czurban compute, DuckDB": "czurban compute，DuckDB",
    "DuckDB, bare scan": "DuckDB，只扫描",
    "DuckDB, SQL by hand": "DuckDB，手写 SQL",
    "DuckDB, bare scan of records": "DuckDB，只扫描记录",
    "DuckDB, SQL by hand over records": "DuckDB，对记录手写 SQL",
    "Polars, by hand": "Polars，手写",
    # The heads of the tables.
    "wall s": "用时（秒）",
    "× scan": "与扫描之比",
    "CPU s": "处理器（秒）",
    "runs": "次数",
    "kept": "符合",
    "not kept": "不符合",
    "not read": "未读出",
    "counts as SQL's": "计数与 SQL",
    "aim": "目标",
    "measured": "实测",
    "at most": "上限",
    "versions": "版本",
    "MiB": "MiB",
    # The cells.
    "the same": "相同",
    "others": "不同",
    "**not kept**": "**未达到**",
    "not measured": "未测量",
    "reached": "达到",
    # The forms of the tables.
    "CSV": "CSV",
    "CSV, 5 % of the cells as people write them": "CSV，5%的单元格为人工写法",
    "Parquet, values as text": "Parquet，数值为文字",
    "Parquet, 5 % of the cells as people write them": "Parquet，5%的单元格为人工写法",
    "Parquet, values as decimals": "Parquet，数值为十进制小数",
    "Parquet, records of persons": "Parquet，人口记录",
    # The shapes of tables and the small inputs.
    "czurban": "czurban",
    "scan s": "扫描（秒）",
    "of what is allowed": "占上限",
    "× a tenth of the rows": "与十分之一行数之比",
    "table": "表",
    "against": "相比",
    "against s": "相比（秒）",
    "×": "倍",
    "command": "命令",
    "coded regions × 52 indicators": "代码地区×52项指标",
    "named regions × 52": "名称地区×52项",
    "coded regions × 3": "代码地区×3项",
    "named regions × 3": "名称地区×3项",
    "each row its own region": "每行一个地区",
    "1 000 regions × 3, values conflict": "1000个地区×3项，数值互相矛盾",
    "coded regions × 1 000": "代码地区×1000项",
    "3 % of the rows twice": "3%的行重复",
    "30 % of the rows twice": "30%的行重复",
    "5 % of the cells dirty": "5%的单元格为人工写法",
    "50 % of the cells dirty": "50%的单元格为人工写法",
    "named × 3, 3 % twice, 5 % dirty": "名称地区×3项，3%重复，5%人工写法",
    "sorted by indicator": "按指标排序",
    "50 % of the rows of other indicators": "50%的行为计划外指标",
    "another number and remark in each row": "每行编号、备注各不相同",
    "English header": "英文表头",
    "a column a year": "一年一列",
    "packed CSV": "压缩 CSV",
    "rows": "行数",
    "× DuckDB": "与 DuckDB 之比",
    "CPU, × DuckDB": "处理器，与 DuckDB 之比",
    "imports": "导入",
    "YAML load": "读取 YAML",
    "completion": "命令补全",
    "reports of all departments": "全部部门的报告",
    # The aims.
    "10 M rows of CSV, times the bare scan": "1000万行 CSV，用时与只扫描之比",
    "30 % of the rows twice, times the clean table": "30%的行重复，用时与规范表格之比",
    "10 M rows of CSV, memory": "1000万行 CSV，内存",
    "10 M rows of CSV, times the quickest tool for checking data": "1000万行 CSV，用时与最快的数据检查工具之比",
    "5 % of the cells as people write them, times the clean table": "5%的单元格为人工写法，用时与规范表格之比",
    "10 M rows of Parquet with decimals, times its bare scan": "1000万行十进制小数 Parquet，用时与只扫描之比",
    "50 M rows, times 10 M rows": "5000万行，用时与1000万行之比",
    "100 M rows, memory": "1亿行，内存",
    # The page on a nation.
    "not measured yet": "尚未测量",
    "from nothing": "没有依据",
    "in proportion to 10 million rows": "按1000万行的比例",
    "on the line between 10 and 50 million rows": "按1000万行至5000万行的直线",
}
_COUNTED = (
    (re.compile(r"check, ([\d,]+) rows"), r"check，\1行"),
    (re.compile(r"check, ([\d,]+) files of (\d+) rows"), r"check，\1个文件，每个\2行"),
    (re.compile(r"(check|validate), ([\d,]+) indicators"), r"\1，\2项指标"),
    (re.compile(r"(check|report), ([a-z]+)"), r"\1，\2"),
    (re.compile(r"CSV, (.*)"), None),
)
_STOPPED = re.compile(r"stopped after (\d+) s")


def word(text: str, language: str) -> str:
    """Return a text of a page in a language.

    Raises:
        SystemExit: it has no Chinese.
    """
    if language == "en" or not text:
        return text
    if stopped := _STOPPED.fullmatch(text):
        return f"{stopped[1]}秒后停止"
    if text in CHINESE or text.startswith("--"):
        return CHINESE.get(text, text)
    for pattern, into in _COUNTED:
        if found := pattern.fullmatch(text):
            return found.expand(into) if into else f"CSV，{word(found[1], language)}"
    message = f"bench/chinese.py has no Chinese for “{text}”; add it to CHINESE."
    raise SystemExit(message)


def name(title: str, language: str) -> str:
    """Return the name of a tool in a language; most names are the same in both."""
    return CHINESE.get(title, title) if language == "zh" else title
