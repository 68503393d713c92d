"""Checks reports of one run: each is valid by its schema, and all are about the same lines of the description.

reports.py SCHEMAS JUNIT SARIF ANNOTATIONS [FILE:TEXT]: FILE is to have the one problem, on a line with TEXT; without it there
is to be none.
"""

import json
import re
import sys

import jsonschema
from lxml import etree

schemas, junit, sarif, annotations, *want = sys.argv[1:]

document = etree.parse(junit)
for name in ("JUnit.xsd", "jenkins-junit.xsd", "junit-10.xsd"):
    schema = etree.XMLSchema(etree.parse(f"{schemas}/{name}"))
    assert schema.validate(document), f"{junit} by {name}: {schema.error_log}"

with open(sarif) as file:
    log = json.load(file)
with open(f"{schemas}/sarif-2.1.0-rtm.5.json") as file:
    jsonschema.Draft4Validator(json.load(file)).validate(log)

with open(annotations) as file:
    lines = [line for line in file if line.startswith("::")]


def places_of_sarif():
    for result in log["runs"][0]["results"]:
        place = result["locations"][0]["physicalLocation"]
        region = place["region"]
        yield place["artifactLocation"]["uri"], region["startLine"], region["startColumn"]


def places(pattern, texts):
    for text in texts:
        for file, line, column in re.findall(pattern, text, re.MULTILINE):
            yield file, int(line), int(column)


found = {
    "junit": list(places(r"^(\S+):(\d+):(\d+): error\[", document.xpath("//failure/text()"))),
    "sarif": list(places_of_sarif()),
    "github": list(places(r"^::error file=([^,]+),line=(\d+),col=(\d+),", lines)),
}
counted = sum(int(suite.get("failures")) for suite in document.getroot())
assert counted == len(document.xpath("//failure")), "the failures are not those that are counted"

if not want:
    assert not any(found.values()), found
    sys.exit()
file, text = want[0].split(":", 1)
for report, at in found.items():
    assert len(at) == 1, f"{report}: {at}"
    assert at == found["junit"], f"{report}: {at}, not {found['junit']}"
    assert at[0][0] == file, f"{report}: {at}"
with open(file) as description:
    line = description.readlines()[found["junit"][0][1] - 1]
assert text in line, f"the line is {line!r}"
for name in (junit, sarif, annotations):
    with open(name) as report:
        assert "hush" not in report.read(), f"{name} has a credential in it"
