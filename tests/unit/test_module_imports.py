"""How modules depend on each other, where import-linter has no contract for it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for package in ("app", "index")
    for path in sorted((ROOT / package).rglob("*.py"))
}


def parsed(module):
    return ast.parse(FILES[module].read_text("utf-8"))


def imported(module):
    """The modules that importing this one imports, but for type checking and within functions; packages by name."""
    pending, found = list(parsed(module).body), set()
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in FILES else node.module)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            pending += node.orelse
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            pending += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]
    return sorted((found & FILES.keys()) - {module})


def test_no_module_imports_itself_by_way_of_others():
    imports = {module: imported(module) for module in FILES}
    done = set()

    def visit(module, path):
        assert module not in path, " -> ".join([*path[path.index(module) :], module])
        if module not in done:
            for other in imports[module]:
                visit(other, [*path, module])
            done.add(module)

    for module in FILES:
        visit(module, [])


@pytest.mark.parametrize("module", [module for module in FILES if module.startswith("app.web")])
def test_the_web_opens_no_transaction(module):
    opened = [
        node.lineno
        for node in ast.walk(parsed(module))
        if isinstance(node, ast.Attribute) and node.attr in ("reading", "writing")
    ]
    assert opened == [], f"{module} opens transactions in lines {opened}: a use case of app/services does that"
