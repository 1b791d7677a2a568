"""What can be wrong with a shapes graph, in words. `{0}`, `{1}` are what the check fills in."""

from __future__ import annotations

from typing import NamedTuple

from parkgraph.finding import Severity


class Fault(NamedTuple):
    """A kind of fault.  rule: its id in reports.  fix_en, fix_zh: how to mend it, or empty."""

    rule: str
    en: str
    zh: str
    fix_en: str = ""
    fix_zh: str = ""
    severity: Severity = "violation"


MISSPELT = Fault("misspelt-term", "SHACL has no property sh:{0}", "SHACL 没有属性 sh:{0}")
UNKNOWN_PROPERTY = Fault(
    "unknown-term",
    "SHACL has no property sh:{0}: nothing checks it",
    "SHACL 没有属性 sh:{0}：不会据此检查任何内容",
    severity="warning",
)
UNKNOWN_CLASS = Fault("unknown-term", "SHACL has no class sh:{0}", "SHACL 没有类 sh:{0}")
UNKNOWN_SEVERITY = Fault(
    "unknown-term",
    "SHACL has no severity sh:{0}",
    "SHACL 没有严重程度 sh:{0}",
    "use sh:Violation, sh:Warning or sh:Info",
    "请用 sh:Violation、sh:Warning 或 sh:Info",
)
UNSUPPORTED = Fault(
    "unsupported",
    "sh:{0} is not checked: it goes beyond SHACL Core and SHACL-SPARQL",
    "sh:{0} 不会被检查：它超出 SHACL Core 与 SHACL-SPARQL",
    severity="warning",
)
PATH_ON_NODE_SHAPE = Fault(
    "path-on-node-shape",
    "a node shape has no sh:path",
    "节点形状不能有 sh:path",
    "make it a sh:PropertyShape, or remove the path",
    "请改为 sh:PropertyShape，或删除该路径",
)
NO_PATH = Fault(
    "no-path",
    "a property shape without sh:path",
    "属性形状缺少 sh:path",
    "say what it is about: sh:path …",
    "请写明所约束的属性：sh:path …",
)
NOT_A_PROPERTY_SHAPE = Fault(
    "no-path",
    "sh:property takes a property shape; this one has no sh:path",
    "sh:property 的值须为属性形状；它没有 sh:path",
    "add sh:path, or use sh:node for a node shape",
    "请加上 sh:path；若是节点形状请用 sh:node",
)
NOT_A_NODE_SHAPE = Fault(
    "bad-value",
    "sh:node takes a node shape; this one has a sh:path",
    "sh:node 的值须为节点形状；它带有 sh:path",
    "use sh:property for it",
    "请改用 sh:property",
)
BAD_PATH = Fault("bad-path", "{0}", "{1}")
BAD_VALUE = Fault("bad-value", "sh:{0} takes {1}", "sh:{0} 的值须为{2}")
BAD_LIST = Fault("bad-value", "sh:{0} takes {1}; {3}", "sh:{0} 的值须为{2}；{4}")
TWO_VALUES = Fault("two-values", "a second value of sh:{0}", "sh:{0} 有第二个值", "keep one", "请只保留一个")
TWO_PATHS = Fault(
    "two-values",
    "a second value of sh:path",
    "sh:path 有第二个值",
    "write one property shape for each",
    "请为每条路径各写一个属性形状",
)
NEEDS_PATH = Fault(
    "needs-path",
    "sh:{0} stands on a shape without sh:path",
    "sh:{0} 所在的形状没有 sh:path",
    "put it on a property shape",
    "请放到属性形状上",
)
MISSING_PARAMETER = Fault(
    "missing-parameter",
    "sh:{0} says nothing without sh:{1}",
    "缺少 sh:{1} 时 sh:{0} 不起作用",
    severity="warning",
)
MISSING_COUNT = Fault(
    "missing-parameter",
    "sh:qualifiedValueShape says nothing without sh:qualifiedMinCount or sh:qualifiedMaxCount",
    "缺少 sh:qualifiedMinCount 或 sh:qualifiedMaxCount 时 sh:qualifiedValueShape 不起作用",
    severity="warning",
)
MISSING_CUSTOM = Fault(
    "missing-parameter",
    "<{0}> says nothing without <{1}>",
    "缺少 <{1}> 时 <{0}> 不起作用",
    severity="warning",
)
EMPTY_LIST = Fault("empty-list", "sh:{0} with an empty list", "sh:{0} 的列表为空")
UNDEFINED_SHAPE = Fault("undefined-shape", "the shape {0} is used but not defined", "使用了未定义的形状 {0}")
RECURSIVE = Fault(
    "recursive",
    "a shape that uses itself: {0}",
    "形状引用了自身：{0}",
    "SHACL does not say what recursion means, so no engine can be trusted with it: break the circle",
    "SHACL 未定义递归形状的含义，任何引擎的结果都不可信：请打断该循环",
)
BAD_REGEX = Fault("bad-regex", "not a regular expression: {0}", "不是合法的正则表达式：{0}")
BAD_FLAGS = Fault(
    "bad-regex",
    "unknown flags: {0}",
    "未知的标志：{0}",
    "the flags are s, m, i, x and q",
    "可用的标志为 s、m、i、x、q",
)
BAD_SPARQL = Fault("bad-sparql", "{0}", "{1}")
NO_PREFIXES = Fault(
    "no-prefixes",
    "sh:prefixes names a node that declares no prefix",
    "sh:prefixes 所指的节点没有声明前缀",
    "declare them there: sh:declare [ sh:prefix … ; sh:namespace … ]",
    "请在该处声明：sh:declare [ sh:prefix … ; sh:namespace … ]",
    severity="warning",
)
BAD_PARAMETER = Fault(
    "bad-component", "a parameter needs one sh:path, an IRI", "参数须有恰好一个 sh:path，且为 IRI"
)
NO_PARAMETER = Fault(
    "bad-component", "a component needs a parameter that is not optional", "约束组件至少要有一个必填参数"
)
NO_VALIDATOR = Fault(
    "bad-component",
    "a component without validator",
    "约束组件没有校验器",
    "add sh:validator, sh:nodeValidator or sh:propertyValidator",
    "请加上 sh:validator、sh:nodeValidator 或 sh:propertyValidator",
)
NO_QUERY = Fault("bad-component", "a validator needs sh:ask or sh:select", "校验器须有 sh:ask 或 sh:select")

NO_SHAPES = Fault(
    "no-shapes",
    "no shape in this file: it checks nothing",
    "此文件中没有形状，不会检查任何内容",
    "is it the right file? Data and shapes may be in the wrong order",
    "文件是否正确？数据与形状的顺序可能颠倒了",
    severity="warning",
)
NO_TARGETS = Fault(
    "no-targets",
    "no shape has a target: nothing is checked",
    "没有任何形状带有目标，不会检查任何内容",
    "add sh:targetClass … to a node shape",
    "请给节点形状加上 sh:targetClass …",
    severity="warning",
)
NOTHING_CHECKED = Fault(
    "empty-target",
    "no node of the data is a target of any shape: nothing was checked",
    "数据中没有任何节点是形状的目标，什么也没有检查",
    "compare the classes and namespaces of data and shapes",
    "请核对数据与形状所用的类和命名空间",
    severity="warning",
)
UNKNOWN_TARGET = Fault(
    "empty-target",
    "{0} occurs nowhere in data and ontology: this shape checks nothing",
    "数据与本体中都没有 {0}：该形状不检查任何内容",
    severity="warning",
)
EMPTY_TARGET = Fault(
    "empty-target",
    "the data has no node for this target",
    "数据中没有该目标的节点",
    severity="info",
)
