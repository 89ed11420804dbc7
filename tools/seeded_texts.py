"""The texts of the pages that tools/seeded.py and tools/seeded_plans.py write, in English and Chinese."""

HEADS = {
    "en": """\
{made}

# Measured detection

`make seeded` plants ordinary mistakes in the example of 2019 (`examples/actuals-2019.csv`), one at a time, and
writes this page. A mistake is *silent* where it changes a verdict and no warning or error points at it.

| Mistake | Planted | Verdict changes | Silent | No finding, same verdict |
| --- | ---: | ---: | ---: | ---: |
{rows}

The silent ones:

{silent}

Each of these is a figure that the city could have reported.

## False alarms

The example files give no warning. Over {figures} published figures the checks give {alarms}.

The figures are national ones of 2012 to 2019 from the yearly statistical communiqués of the National Bureau of
Statistics of China (国民经济和社会发展统计公报): population, employment, output, incomes, insurance, education,
telecommunications; `tools/published.csv` has them. The baseline of each is the figure of
the year before. The targets for jobs, unemployment, growth and prices are those of the Government's work reports; the
others are made up, and ask for no less (or no more) than the year before. A series that hardly ever moves, such as a
forest cover that is surveyed every five years, equals its baseline and gives a warning (S269) until the plan has
`ignore: [S269]`.
""",
    "zh": """\
{made}

# 差错检出情况

`make seeded` 在2019年的示例（`examples/actuals-2019.csv`）中逐一植入常见的填报差错，并生成本页。\
差错改变了结论，却没有任何警告或错误指出的，称为*未发现*。

| 差错 | 植入 | 结论改变 | 未发现 | 结论未变且没有问题 |
| --- | ---: | ---: | ---: | ---: |
{rows}

未发现的差错：

{silent}

这些数值都是该市有可能填报的数。

## 误报

示例文件没有警告。对{figures}个已公布的数值进行检查，{alarms}。

这些数值是2012年至2019年的全国数据，取自国家统计局历年的国民经济和社会发展统计公报，\
包括人口、就业、产值、收入、保险、教育和电信，见 \
`tools/published.csv`。各数值以上一年的数值为基期值。就业、失业、增速和物价的目标取自政府工作报告；其他目标是虚构的，要求不低于（或不高于）上年。\
几乎不变的数值（例如每五年调查一次的森林覆盖率）与基期值相同，\
会出现警告（S269），在方案中写 `ignore: [S269]` 后不再出现。
""",
}
ALL = {"en": "**all**", "zh": "**合计**"}
CHINESE = {
    "a tenth of the value": "缩小到十分之一",
    "ten times the value": "扩大十倍",
    "the decimal point left out": "漏写小数点",
    "the first two digits that differ swapped": "最前两位不同的相邻数字颠倒",
    "the last two digits that differ swapped": "最后两位不同的相邻数字颠倒",
    "the first digit lost": "漏写首位数字",
    "the last digit lost": "漏写末位数字",
    "the first digit twice": "首位数字重复",
    "a minus sign in front": "多写负号",
    "last year's value copied": "照抄上年数值",
    "the target copied": "照抄目标值",
    "the value of the row above": "误填上一行的数值",
    "two neighbouring rows swapped": "相邻两行数值对调",
    "‰ for %": "将%误为‰",
    "人 for 万人": "将万人误为人",
    "a fraction for a percentage": "将百分数写成小数",
}
"""The Chinese of each kind of mistake."""

PLAN_HEADS = {
    "en": """\
<!-- Made by `make seeded`; do not edit by hand. -->

# Mistakes in a plan

`make seeded` plants ordinary mistakes in the files of the shipped plan (`data`), and in the breakdown of
`examples/counties/plan`, one at a time, and writes this page. A mistake is *found* where `czurban validate` gives a
warning or an error that it does not give for the plan as it stands.

Of {planted} mistakes {found} are found: {share} %.

| Mistake | File | Planted | Found | Mostly by |
| --- | --- | ---: | ---: | --- |
{rows}

What is not found cannot be known from the plan's files alone: a name or a word that the plan could have printed as it
is, a row that could have been left out on purpose, or a figure that fits all others.

## False alarms

{number} edits that change nothing give {alarms} findings:

{edits}
""",
    "zh": """\
<!-- Made by `make seeded`; do not edit by hand. -->

# 方案文件的差错检出情况

`make seeded` 在随附方案（`data`）的文件中，以及 `examples/counties/plan` 的分解表中，逐一植入常见差错，并生成本页。\
`czurban validate` 给出原方案没有的警告或错误，就算*发现*。

植入{planted}处差错，发现{found}处，占{share}%。

| 差错 | 文件 | 植入 | 发现 | 主要由哪条规则发现 |
| --- | --- | ---: | ---: | --- |
{rows}

没有发现的，仅凭方案文件无从得知：名称或用词原文也可能就是如此，某一行可能是有意不写，或者数值与其他数都对得上。

## 误报

以下{number}种不改变含义的修改，出现{alarms}条提示：

{edits}
""",
}
