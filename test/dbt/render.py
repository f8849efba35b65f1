# render.py PROJECT TARGET_SCHEMA NAME=VALUE...: the SQL that dbt would run for the models of a
# project, their tests and the hooks of its README, as a script for psql.  dbt itself reads its
# files with Jinja too; this knows only what the package uses: config, ref, source, var, target,
# macros under the name of their package, generic tests, on-run-end.  Values are YAML; render=TEXT
# renders that text alone.
import glob
import os
import re
import sys

import jinja2
import yaml

project, target_schema, *values = sys.argv[1:]


def read(path):
    with open(os.path.join(project, path), encoding="utf-8") as file:
        return file.read()


settings = yaml.safe_load(read("dbt_project.yml"))
package = settings["name"]
variables = dict(settings["vars"][package])
for value in values:
    name, text = value.split("=", 1)
    variables[name] = text if name == "render" else yaml.safe_load(text)


def files(folder, ending):
    return sorted(os.path.relpath(path, project)
                  for path in glob.glob(os.path.join(project, folder, "**", "*" + ending), recursive=True))


class Namespace:
    """The macros of the package, as package.macro()."""

    def __init__(self):
        self.module = None

    def __getattr__(self, name):
        if not hasattr(self.module, name):
            raise AttributeError(f"no macro {package}.{name}")
        return getattr(self.module, name)


def var(name, *default):
    if name in variables:
        return variables[name]
    if default:
        return default[0]
    raise KeyError(f"var {name} is not set")


# Jinja as dbt sets it up; a name that is not known is an error
environment = jinja2.Environment(undefined=jinja2.StrictUndefined, extensions=["jinja2.ext.do"])
namespace = Namespace()
context = {package: namespace, "var": var, "target": {"schema": target_schema, "type": "postgres"}}


def render(text, **more):
    return environment.from_string(text, globals={**context, **more}).render().strip()


# {% test name(...) %} is a macro for dbt
macros = "".join(re.sub(r"{% (end)?test\b( )?", lambda m: "{% endmacro " if m[1] else "{% macro test_", read(path))
                 for path in files("macros", ".sql") + files("tests/generic", ".sql"))
namespace.module = environment.from_string(macros, globals=context).module

# render=TEXT: only this text
if "render" in variables:
    print(render(variables["render"]))
    sys.exit()

# the sources and the tests of the yml files
sources, checks = {}, []
for path in files("models", ".yml"):
    content = yaml.safe_load(read(path))
    for source in content.get("sources", []):
        for table in source["tables"]:
            schema = render(source.get("schema", source["name"]))
            identifier = render(table.get("identifier", table["name"]))
            sources[source["name"], table["name"]] = f'"{schema}"."{identifier}"'
    for model in content.get("models", []):
        for column in model.get("columns", []):
            for test in column.get("tests", []):
                name, arguments = next(iter(test.items())) if isinstance(test, dict) else (test, {})
                checks.append((model["name"], column["name"], name.removeprefix(package + "."), arguments))

# the models, those first that others refer to
models = {os.path.basename(path)[:-4]: path for path in files("models", ".sql")}
configs, built, script = {}, {}, []


def build(name):
    if name in built or name not in models:
        return
    path, config, missing = models[name], {}, []
    built[name] = None

    def ref(other):
        build(other)
        if not built.get(other):
            missing.append(other)
        return built.get(other)

    def set_config(**given):
        config.update(given)
        return ""

    text = render(read(path), config=set_config, ref=ref, source=lambda a, b: sources[a, b])
    if not config.get("enabled", True):
        return
    if missing:
        raise KeyError(f"{name} refers to {missing}, which are not enabled")
    folder = settings["models"][package].get(path.split(os.sep)[1], {})
    schema = f"{target_schema}_{folder['+schema']}" if "+schema" in folder else target_schema
    alias = config.get("alias", name)
    built[name] = f'"{schema}"."{alias}"'
    # as dbt's adapter replaces a view: the old one is dropped with all that depends on it
    script.append(f"""\\echo model {name}
create schema if not exists "{schema}";
create view "{schema}"."{alias}__dbt_tmp" as (
{text}
);
drop view if exists {built[name]} cascade;
alter view "{schema}"."{alias}__dbt_tmp" rename to "{alias}";
""")


for model in sorted(models):
    build(model)

script.append("\\echo tests\n")
for model, column, name, arguments in checks:
    if built.get(model):
        text = getattr(namespace, "test_" + name)(built[model], column, **arguments)
        script.append(f"select '{name} {model} {column}', count(*) from (\n{text}\n) failures;\n")

# the hooks that the README tells to put into one's own project
for block in re.findall(r"```yaml\n(.*?)```", read("README.md"), re.S):
    for hook in (yaml.safe_load(block) or {}).get("on-run-end", []):
        script.append(f"\\echo on-run-end\n{render(hook)};\n")

print("\n".join(script))
