"""Input that cannot be used: what is wrong, where, and what to do; no traceback, the right code."""

import sys

import pytest

from harness.tests.cli.project import SCENARIO, TEMPLATE, Project

TOO_LONG = "a" * 5_000
EXPECTATION = "then: [{queue: {name: Inbox, count: 0}}]\n"


def scenario(rest: str, end: str = EXPECTATION) -> str:
    return f"title: It is so and so\n{rest}\n{end}"


BROKEN_SCENARIOS = {
    "broken YAML": ("title: A b c\nthen: [\n", "it.yaml:3:1: broken YAML: "),
    "a tab": ("title: A b c\n\tthen: []\n", "it.yaml:2:1: broken YAML: "),
    "a tab that is seen": (
        "title: A b c\nthen:\n\t- queue\n",
        "cannot start any token; YAML is indented with spaces, and there is a tab",
    ),
    "a tag": (
        scenario("variables: {a: !float 3}"),
        "it.yaml:2:16: the tag '!float' means nothing here; write the plain value",
    ),
    "a key twice": ("title: A b c\ntitle: C\nthen: []\n", "it.yaml:2:1: the key 'title' stands"),
    "an unknown key": ("titel: A b\nthen: []\n", "unknown key 'titel'; did you mean 'title'?"),
    "a list": ("- a\n", "it.yaml:1:1: expected a mapping with title, given, when and then"),
    "nothing": ("", "it.yaml:1:1: the file is empty; a scenario has at least a title"),
    "a wrong type": (scenario("when: 5"), "it.yaml:2:7: expected a list of step, found the num"),
    "a wrong seed": (scenario("seed: x"), "it.yaml:2:7: expected a whole number, found the text"),
    "no unit": (scenario("when: [{advance: 5}]"), "it.yaml:2:18: a duration needs a unit"),
    "no included file": (scenario("include: [x.yaml]"), "it.yaml:2:11: there is no file 'x.yaml'"),
    "an included file that no system could have": (
        scenario(f"include: [{TOO_LONG}]"),
        "it.yaml:2:11: there is no file 'aaaa",
    ),
    "a world file that no system could have": (
        scenario(f"world: {TOO_LONG}"),
        "it.yaml:2:8: there is no world file 'aaaa",
    ),
    "a file that no system could have": (
        scenario(f"when: [{{put_object: {{bucket: Files, key: k, file: {TOO_LONG}}}}}]"),
        "it.yaml:2:51: cannot read 'aaaa",
    ),
    "itself": (scenario("include: [it.yaml]"), "it.yaml:2:11: 'it.yaml' includes itself"),
    "no file": (
        scenario("when: [{put_object: {bucket: Files, key: k, file: x.csv}}]"),
        "it.yaml:2:51: cannot read 'x.csv': no such file or directory; expected one of it.yaml, w",
    ),
    "no table": (
        scenario("when: []", "then: [{item: {table: Ordres, key: {id: a}, absent: true}}]"),
        "it.yaml:3:23: unknown table 'Ordres'; did you mean 'Orders'?",
    ),
    "no queue": (
        scenario("when: [{send_message: {queue: Inbx, body: x}}]"),
        "it.yaml:2:31: unknown queue 'Inbx'; did you mean 'Inbox'?",
    ),
    "no function": (
        scenario("when: [{invoke: {function: Handel, event: {}}}]"),
        "it.yaml:2:28: unknown function 'Handel'; did you mean 'Handle'?",
    ),
    "no partner": (
        scenario("given: {partners: {slak: {}}}"),
        "it.yaml:2:20: unknown partner 'slak'",
    ),
    "no variable": (
        scenario("when: [{send_message: {queue: Inbox, body: '${nope}'}}]"),
        "it.yaml:2:44: unknown variable 'nope'",
    ),
    "no such operation": (
        scenario("when: [{inject: {fault: error, at: s3.PutObjekt}}]"),
        "it.yaml:2:36: unknown operation 'PutObjekt'; did you mean 'PutObject'?",
    ),
    "no such service": (
        scenario("when: [{inject: {fault: error, at: dynamo.PutItem}}]"),
        "it.yaml:2:36: unknown service 'dynamo'; did you mean 'dynamodb'?",
    ),
    "an item without its key": (
        scenario("given: {items: {Orders: [{di: a}]}}"),
        "it.yaml:2:26: AWS refuses it: ValidationException: ",
    ),
    "a generator that nobody wrote, though nobody uses it": (
        scenario("given: {generated: {a: {generator: fnas}}}"),
        "it.yaml:2:21: unknown generator 'fnas'",
    ),
    "a query without an API": (
        scenario("when: [{query: {text: '{ a }', as: x}}]"),
        "it.yaml:2:8: template.yaml:1:1: a query must name its API",
    ),
    "a pattern": (
        scenario("when: []", "then: [{queue: {name: Inbox, messages: [{body: {$regex: '('}}]}}]"),
        "it.yaml:3:57: not a regular expression: missing )",
    ),
}


@pytest.mark.parametrize("what", BROKEN_SCENARIOS)
def test_a_scenario_that_cannot_be_run_is_broken_at_its_line(what: str, project: Project) -> None:
    """The exit code tells it from a failure."""
    text, message = BROKEN_SCENARIOS[what]

    ended = project.run_scenario(text)

    assert ended.code == 3
    assert message in ended.output
    assert "Traceback" not in ended.output
    assert "  again: harness run scenarios/it.yaml --seed 0" in ended.output


WORLD = "template: ../template.yaml\n"
BROKEN_WORLDS = {
    "broken YAML": ("template: [\n", "world.yaml:2:1: not YAML: "),
    "nothing": ("", "world.yaml:1:1: expected a mapping at the top of the file"),
    "no template": ("template: x.yaml\n", "world.yaml:1:11: world file: there is no template 'x"),
    "a template that no system could have": (
        f"template: {TOO_LONG}\n",
        "world.yaml:1:11: world file: there is no template 'aaaa",
    ),
    "an unknown parameter": (
        f"{WORLD}parameters: {{Y: 1}}\n",
        "world.yaml:2:14: the template declares no parameter 'Y'",
    ),
    "a partner nobody wrote": (
        f"{WORLD}partners: {{p: {{application: 'nope:P', url: 'https://p.test'}}}}\n",
        "world.yaml:2:29: world file: partner 'p': application 'nope:P' cannot be loaded: No mod",
    ),
    "a partner that cannot be made": (
        f"{WORLD}partners: {{p: {{application: 'rotten:Partner', url: 'https://p.test'}}}}\n",
        "world.yaml:2:29: world file: partner 'p': Partner cannot be made: KeyError",
    ),
    "an invariant nobody wrote": (
        f"{WORLD}invariants: ['nope:all']\n",
        "world.yaml:2:14: 'nope:all' cannot be imported: No module named 'nope'",
    ),
    "an invariant in a broken module": (
        f"{WORLD}invariants: ['unreadable:all']\n",
        "world.yaml:2:14: 'unreadable:all' cannot be imported: SyntaxError: invalid syntax (unr",
    ),
    "an invariant that is misspelt": (
        f"{WORLD}invariants: ['rotten:invarint']\n",
        "'rotten:invarint' cannot be imported: there is no 'invarint' in it; did you mean 'inva",
    ),
    "an invariant that is no function": (
        f"{WORLD}invariants: ['rotten:NUMBER']\n",
        "world.yaml:2:14: 'rotten:NUMBER' is of type 'int', and an invariant is a function",
    ),
    "an invariant that answers with a text": (
        f"{WORLD}invariants: ['rotten:talks']\n",
        "cannot be checked: TypeError: it answers with str and not with a list of sentences",
    ),
    "an invariant that answers nothing": (
        f"{WORLD}invariants: ['rotten:silent']\n",
        "cannot be checked: TypeError: it answers with NoneType and not with a list of sent",
    ),
    "an invariant that answers with numbers": (
        f"{WORLD}invariants: ['rotten:counts']\n",
        "cannot be checked: TypeError: among its sentences is one of type int",
    ),
    "a generator nobody wrote, though nobody uses it": (
        f"{WORLD}generators: {{g: 'nope:make'}}\n",
        "world.yaml:2:17: 'nope:make' of generator 'g' cannot be found: No module named 'nope'",
    ),
    "an unknown key": (
        f"{WORLD}partner: {{}}\n",
        (
            "world.yaml:2:1: world file: unknown property 'partner'; did you mean 'partners'?\n"
            "  2 | partner: {}\n    | ^^^^^^^"
        ),
    ),
    "a partner that cannot be called": (
        f"{WORLD}partners: {{p: {{application: 'rotten:NUMBER', url: 'https://p.test'}}}}\n",
        "world.yaml:2:29: world file: partner 'p': 'rotten:NUMBER' gives a int, which is no WSGI",
    ),
    "a partner whose instances cannot be called": (
        f"{WORLD}partners: {{p: {{application: 'rotten:Mute', url: 'https://p.test'}}}}\n",
        "world.yaml:2:29: world file: partner 'p': 'rotten:Mute' gives a Mute, which is no WSGI",
    ),
    "a partner that needs options": (
        f"{WORLD}partners: {{p: {{application: 'rotten:Needy', url: 'https://p.test'}}}}\n",
        "partner 'p': Needy cannot be made with no options at all; it takes (path)",
    ),
    "two partners at one place": (
        (
            f"{WORLD}partners:\n  p: {{application: 'rotten:fake', url: 'https://p.test'}}\n"
            "  q: {application: 'rotten:fake', url: 'https://p.test/'}\n"
        ),
        "world.yaml:4:40: world file: partner 'q': partner 'p' has this url already",
    ),
    "an invariant that raises": (
        f"{WORLD}invariants: ['rotten:invariant']\n",
        "the invariant rotten cannot be checked: ValueError: boom at rotten.py:2",
    ),
}


@pytest.mark.parametrize("what", BROKEN_WORLDS)
def test_a_world_file_that_cannot_be_used_breaks_the_scenario_at_its_own_line(
    what: str, rotten: Project
) -> None:
    """The scenario is not to blame, so none of its lines is shown before the world is open."""
    text, message = BROKEN_WORLDS[what]
    rotten.write("scenarios/world.yaml", text)

    ended = rotten.run_scenario()

    assert ended.code == 3
    assert message in ended.output
    assert "Traceback" not in ended.output


GENERATORS = {
    "raises": "failed: KeyError: 'boom' at rotten.py:9",
    "raises_late": "makes no content: KeyError: 'late' at rotten.py:13",
    "nothing": "makes no content: TypeError: 'NoneType' object is not iterable",
    "picky": "refuses its options: picky() missing 1 required positional argument: 'size'",
}


@pytest.mark.parametrize("name", GENERATORS)
def test_a_generator_that_fails_breaks_the_scenario_where_it_is_used(
    name: str, rotten: Project
) -> None:
    """With the line of the generator."""
    rotten.write("scenarios/world.yaml", f"{WORLD}generators: {{g: 'rotten:{name}'}}\n")

    ended = rotten.run_scenario(
        scenario(
            "given: {generated: {f: {generator: g}}}\n"
            "when: [{put_object: {bucket: Files, key: k, generated: f}}]"
        )
    )

    assert ended.code == 3
    assert f"it.yaml:3:56: the generator of 'f' {GENERATORS[name]}" in ended.output


def test_a_mistake_of_a_fake_partner_is_not_the_handlers(rotten: Project) -> None:
    """The handler might answer it as it answers a bad day."""
    rotten.write(
        "scenarios/world.yaml",
        f"{WORLD}partners: {{p: {{application: 'rotten:fake', url: 'https://p.test'}}}}\n",
    )
    rotten.handler("""\
        import requests

        def handler(event, context):
            try:
                requests.get("https://p.test/x", timeout=1)
            except Exception:
                return {"ok": True}
    """)

    ended = rotten.run_scenario()

    assert ended.code == 3
    assert "it.yaml:3:5: rotten.py:20:1: partner 'p' failed: KeyError: 'oops'" in ended.output


STIFF = f"{WORLD}partners: {{p: {{application: 'rotten:Stiff', url: 'https://p.test'}}}}\n"


def test_a_state_that_a_partner_chokes_on_is_broken_at_its_word(rotten: Project) -> None:
    """Not every partner looks at what it is given before it takes it."""
    rotten.write("scenarios/world.yaml", STIFF)

    ended = rotten.run_scenario(scenario("given: {partners: {p: {names: 5}}}"))

    assert ended.code == 3
    assert (
        "it.yaml:2:20: partner 'p' cannot take this state: "
        "AttributeError: 'int' object has no attribute 'split' at rotten.py:26"
    ) in ended.output


def test_a_partner_that_cannot_show_its_state_is_told_with_the_line(rotten: Project) -> None:
    """An expectation looks at what it shows."""
    rotten.write("scenarios/world.yaml", STIFF)

    ended = rotten.run_scenario(scenario("when: []", "then: [{partner: {name: p, shows: {}}}]"))

    assert ended.code == 3
    assert "rotten.py:29:1: partner 'p' failed: AttributeError: " in ended.output


BROKEN_TEMPLATES = {
    "broken YAML": ("Resources: [\n", 3, "template.yaml:2:1: not YAML: "),
    "nothing": ("", 3, "template.yaml:1:1: expected a mapping at the top of the file"),
    "an unknown property": (
        TEMPLATE.replace("Timeout", "Timeoutt"),
        3,
        "template.yaml:19:7: AWS::Serverless::Function Handle: unknown property 'Timeoutt'; did",
    ),
    "no code": (
        TEMPLATE.replace("src/", "srcc/"),
        3,
        "template.yaml:17:16: AWS::Serverless::Function Handle: CodeUri 'srcc/' does not exist",
    ),
    "no resource": (
        TEMPLATE.replace("!Ref Orders", "!Ref Ordres"),
        3,
        "template.yaml:20:41: 'Ordres' is neither a parameter nor a resource of this template",
    ),
    "no parameter": (
        f"Parameters: {{X: {{Type: String}}}}\n{TEMPLATE}",
        3,
        "template.yaml:1:14: parameter 'X' has no default and was given no value; give it one",
    ),
    "an unsupported resource": (
        f"{TEMPLATE}  Topic:\n    Type: AWS::Foo::Bar\n",
        4,
        "template.yaml:22:11: Topic: resource type 'AWS::Foo::Bar' is not modelled; take it out",
    ),
    "an unsupported setting": (
        TEMPLATE.replace("Timeout: 20", "SnapStart: {ApplyOn: None}"),
        4,
        "template.yaml:19:7: AWS::Serverless::Function Handle: property 'SnapStart' is not mode",
    ),
}


@pytest.mark.parametrize("what", BROKEN_TEMPLATES)
def test_a_template_that_cannot_be_used_is_named_with_its_line(
    what: str, project: Project
) -> None:
    """What is wrong and what is merely not modelled have codes of their own."""
    text, code, message = BROKEN_TEMPLATES[what]
    project.write("template.yaml", text)

    for ended in (
        project.run_scenario(),
        project.run("topology", "--world", "scenarios/world.yaml"),
    ):
        assert ended.code == code
        assert message in ended.output
        assert "Traceback" not in ended.output


HANDLERS = {
    "no module": ("", "wickd.handler", "Unable to import module 'wickd': No module named 'wickd'"),
    "no handler": ("", "wicked.handel", "Handler 'handel' missing on module 'wicked'"),
    "no package": ("import nopackage\n", "wicked.handler", "No module named 'nopackage'"),
    "broken code": (
        "def handler(event context):\n",
        "wicked.handler",
        "Syntax error in module 'wicked': invalid syntax",
    ),
    "no attribute": (
        "import os\nos.nope\n",
        "wicked.handler",
        "errorType: expected nothing, was Attr",
    ),
    "no variable": (
        "import os\nos.environ['NOPE']\n",
        "wicked.handler",
        "errorType: expected nothing, was KeyError",
    ),
    "an exit": ("import sys\nsys.exit(3)\n", "wicked.handler", "exit status 3"),
}


@pytest.mark.parametrize("what", HANDLERS)
def test_a_handler_that_cannot_be_loaded_answers_as_on_lambda(what: str, project: Project) -> None:
    """It is the code under test that fails, and the next scenario runs."""
    text, handler, message = HANDLERS[what]
    project.handler(f"{text}\n")
    project.write("template.yaml", TEMPLATE.replace("wicked.handler", handler))
    project.write("scenarios/x.yaml", SCENARIO)

    ended = project.run_scenario(SCENARIO, "scenarios/x.yaml")

    assert ended.code == 1
    assert message in ended.output.replace("''", "'")
    assert ended.lines[-1] == "2 failed"


def test_a_file_in_another_encoding_is_named_with_the_byte(project: Project) -> None:
    """As is one that includes it."""
    path = project.write("scenarios/it.yaml", "")
    path.write_bytes("title: Zürich is so\n".encode("latin-1"))

    ended = project.run("run", "scenarios/it.yaml")

    assert ended.code == 3
    assert "scenarios/it.yaml:1:9: not UTF-8 at byte 8; save the file as UTF-8" in ended.output


def test_a_broken_file_keeps_no_other_from_running(project: Project) -> None:
    """Each has its own verdict; the worst decides the code."""
    project.write("scenarios/a.yaml", "title: [\n")
    project.write("scenarios/b.yaml", SCENARIO)
    project.write("scenarios/c.yaml", SCENARIO.replace("true", "false"))

    ended = project.run("run")

    assert ended.code == 3
    assert ended.lines[-1] == "1 passed, 1 failed, 1 broken"


@pytest.fixture
def rotten(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a project with a module full of mistakes."""
    project.write(
        "rotten.py",
        """\
        def invariant(view):
            raise ValueError("boom")

        class Partner:
            def __init__(self):
                raise KeyError("no")

        def raises():
            raise KeyError("boom")

        def raises_late():
            yield b"a"
            raise KeyError("late")

        def nothing():
            return None

        def picky(size): ...

        def fake(environ, start_response): raise KeyError("oops")

        class Stiff:
            def __call__(self, environ, start_response): ...

            def load(self, state):
                self.names = state["names"].split()

            def view(self):
                return {"names": self.names}

        def talks(view): return "oops"

        def silent(view): ...

        def counts(view): yield 5

        NUMBER = 5

        class Mute: ...

        class Needy:
            def __init__(self, path): ...
        """,
    )
    project.write("unreadable.py", "def f(:\n")
    monkeypatch.syspath_prepend(str(project.folder))
    for name in ("rotten", "unreadable"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return project
