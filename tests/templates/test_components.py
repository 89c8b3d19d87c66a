"""The macros of ``components/``: what a screen reader and a browser without scripts get."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace as Value
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from lxml import html  # type: ignore[import-untyped]
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FileField, Form, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

TEMPLATES = Path(__file__).parents[2] / "app" / "templates"
Render = Callable[..., Any]


class SampleForm(Form):
    """One field of each shape that the field macro tells apart."""

    matricule = StringField("Matricule", [InputRequired("Indiquez votre matricule.")])
    reminders = BooleanField("Recevoir les rappels")
    kind = RadioField("Population", choices={"all": "Tous", "mine": "Mon service"})
    grades = SelectMultipleField(
        "Grades",
        choices={"a": "Gardien", "b": "Brigadier"},
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    sheet = FileField("Fichier")


QUESTION = Value(
    id="cafe",
    title="Le café du commerçant",
    stem=Markup("<p>Que faites-vous ?</p>"),
    multiple=False,
    choices=[Value(letter="a", html="Vous acceptez"), Value(letter="b", html="Vous payez")],
)


def environment() -> Environment:
    """Make the templates' environment without the application."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: text, lambda one, many, n: one if n == 1 else many, newstyle=True
    )
    env.globals.update(
        url_for=lambda endpoint, **values: f"/static/{values['filename']}",
        static_url=lambda filename: f"/static/{filename}",
        stylesheet_url=lambda name="main": f"/css/{name}.css",
        request={},
        csrf_token=lambda: "token",
    )
    return env


@pytest.fixture
def render() -> Render:
    """Give a function that renders a snippet after importing a component, as an element."""
    env = environment()

    def rendered(component: str, snippet: str, **context: Any) -> Any:
        names = {"progress": "progress_bar", "button": "submit_button, button_link"}
        imported = context.pop("names", names.get(component, component))
        source = (
            f'{{% from "components/{component}.html" import {imported} %}}<main>{snippet}</main>'
        )
        return html.fromstring(env.from_string(source).render(**context))

    return rendered


def described(element: Any) -> str:
    """Join the texts that ``aria-describedby`` points at."""
    page = element.getroottree()
    ids = element.get("aria-describedby", "").split()
    return " ".join(page.xpath("//*[@id=$id]", id=id)[0].text_content() for id in ids)


def test_a_field_ties_its_label_hint_and_error_to_the_control(render: Render) -> None:
    form = SampleForm(MultiDict({"matricule": ""}))
    form.validate()

    page = render("field", "{{ field(f.matricule, hint='Sur votre carte.') }}", f=form)

    control = page.xpath("//input")[0]
    assert page.xpath("//label/@for") == [control.get("id")]
    assert "obligatoire" in page.xpath("//label")[0].text_content()
    assert control.get("aria-invalid") == "true"
    assert "Sur votre carte." in described(control)
    assert "Indiquez votre matricule." in described(control)


def test_a_field_without_hint_or_error_describes_nothing(render: Render) -> None:
    control = render("field", "{{ field(f.sheet, attributes={'accept': '.csv'}) }}", f=SampleForm())

    assert control.xpath("//input[@type='file' and @accept='.csv']")
    assert not control.xpath("//@aria-describedby | //@aria-invalid")


def test_what_was_typed_comes_back_escaped(render: Render) -> None:
    form = SampleForm(MultiDict({"matricule": '"><script>'}))

    page = render("field", "{{ field(f.matricule) }}", f=form)

    assert page.xpath("//input/@value") == ['"><script>']
    assert not page.xpath("//script")


@pytest.mark.parametrize(("name", "kind"), [("kind", "radio"), ("grades", "checkbox")])
def test_a_group_of_boxes_has_a_legend_and_a_label_each(
    render: Render, name: str, kind: str
) -> None:
    page = render("field", "{{ field(f[name]) }}", f=SampleForm(), name=name)

    assert page.xpath("//fieldset/legend")
    boxes = page.xpath(f"//input[@type='{kind}']/@id")
    assert len(boxes) == 2
    assert page.xpath("//label/@for") == boxes


def test_a_checkbox_stands_before_its_label(render: Render) -> None:
    page = render("field", "{{ field(f.reminders) }}", f=SampleForm())

    assert [part.tag for part in page.xpath("//div/*")] == ["input", "label"]


def test_a_form_carries_its_token_and_sums_up_its_errors(render: Render) -> None:
    form = SampleForm(MultiDict({"matricule": ""}))
    form.validate()

    page = render("form", "{% call form('/x', f) %}…{% endcall %}", f=form)

    assert page.xpath("//form/input[@name='csrf_token']/@value") == ["token"]
    assert page.xpath("//form/@novalidate") == [""]
    summary = page.xpath("//*[@role='alert']")[0]
    assert "#matricule" in summary.xpath(".//a/@href")


def test_a_search_form_has_no_token(render: Render) -> None:
    page = render("form", "{% call form('/x', method='get') %}…{% endcall %}")

    assert not page.xpath("//input")


def test_a_question_is_a_fieldset_with_a_legend_and_its_stem(render: Render) -> None:
    page = render("choice_list", "{{ choice_list(q, name='choix', chosen=('b',)) }}", q=QUESTION)

    group = page.xpath("//fieldset")[0]
    assert group.xpath("./legend/h2")[0].text == "Le café du commerçant"
    assert described(group) == "Que faites-vous ?"
    assert group.xpath(".//input[@checked]/@value") == ["b"]
    assert group.xpath(".//label/@for") == group.xpath(".//input/@id")
    assert not group.xpath(".//*[contains(@class, 'choice--expected')]")


def test_several_answers_are_offered_as_checkboxes(render: Render) -> None:
    several = Value(**{**vars(QUESTION), "multiple": True})

    page = render("choice_list", "{{ choice_list(q, name='choix') }}", q=several)

    assert page.xpath("//input/@type") == ["checkbox", "checkbox"]
    assert "Plusieurs réponses" in page.text_content()


def test_an_answered_question_says_in_words_what_was_expected(render: Render) -> None:
    page = render(
        "choice_list",
        "{{ choice_list(q, 'c', chosen=('a',), disabled=True, expected=('b',), feedback=why) }}",
        q=QUESTION,
        why={"a": "L’habitude crée une attente."},
    )

    marks = [mark.text_content().strip() for mark in page.xpath("//p[@class='choice__mark']")]
    assert marks == ["Votre réponse", "Réponse attendue"]
    assert described(page.xpath("//input[@value='a']")[0]) == "L’habitude crée une attente."
    assert len(page.xpath("//input[@disabled]")) == 2


def test_a_choice_that_is_plain_text_is_escaped(render: Render) -> None:
    hostile = Value(**{**vars(QUESTION), "title": "<b>x", "choices": QUESTION.choices})

    page = render("choice_list", "{{ choice_list(q, name='c') }}", q=hostile)

    assert page.xpath("//legend/h2")[0].text == "<b>x"


def test_decisions_are_buttons_until_one_is_taken(render: Render) -> None:
    choices = [(0, "En parler"), (1, "Rendre compte")]

    open_page = render("decision_list", "{{ decision_list(c, 'choix') }}", c=choices)
    taken = render("decision_list", "{{ decision_list(c, 'choix', chosen=1) }}", c=choices)

    assert open_page.xpath("//button[@type='submit']/@value") == ["0", "1"]
    assert not taken.xpath("//button")
    assert "Votre choix" in taken.xpath("//li")[1].text_content()


def test_feedback_is_announced_and_names_the_step_to_read_again(render: Render) -> None:
    page = render("feedback", "{{ feedback('other', reread=('Pourquoi en parler', '/e')) }}")

    assert page.xpath("//*[@role='status']//a/@href") == ["/e"]


@pytest.mark.parametrize(
    ("kind", "role"), [("success", "status"), ("message", "status"), ("error", "alert")]
)
def test_an_alert_has_the_role_of_its_kind(render: Render, kind: str, role: str) -> None:
    assert render("alert", "{{ alert(k, 'Voilà') }}", k=kind).xpath("//@role") == [role]


def test_a_table_has_a_caption_and_headers_that_sort(render: Render) -> None:
    columns = [
        {"label": "Service", "url": "?tri=nom", "sort": "ascending"},
        {"label": "À jour", "numeric": True},
        {"label": "En image", "hidden": True},
    ]
    page = render(
        "table",
        "{% call(row) table('Modules demandés', columns, ['Lyon']) %}"
        "<th scope='row'>{{ row }}</th><td class='number'>3</td><td></td>{% endcall %}",
        columns=columns,
    )

    assert page.xpath("//caption")[0].text_content() == "Modules demandés"
    assert page.xpath("//th[@aria-sort='ascending']/a/@href") == ["?tri=nom"]
    region = page.xpath("//*[@role='region' and @tabindex='0']/@aria-labelledby")[0]
    assert page.xpath("//caption/@id") == [region]


def test_an_empty_table_says_so(render: Render) -> None:
    page = render("table", "{% call(row) table('T', [], [], empty='Personne.') %}{% endcall %}")

    assert "Personne." in page.text_content()
    assert not page.xpath("//table")


def test_a_chart_keeps_its_table_and_hides_its_picture_from_screen_readers(render: Render) -> None:
    bars = [
        Value(label="Lyon", percent=84.7, shown="84,7 %"),
        Value(label="x", percent=300, shown=""),
    ]

    page = render(
        "chart", "{% call chart('Part', 'Résumé', b) %}<table></table>{% endcall %}", b=bars
    )

    assert page.xpath("//figure/details/table")
    assert page.xpath("//ul/@aria-hidden") == ["true"]
    assert page.xpath("//rect[@class='spark__part']/@width") == ["84.7", "100"]


def test_progress_writes_its_figures_out(render: Render) -> None:
    page = render("progress", "{{ progress_bar('Avancement', done=0, total=0) }}")

    assert page.xpath("//progress/@max") == ["1"]
    assert "0 / 0" in page.text_content()


def test_the_outline_tells_what_is_read_and_where_one_is(render: Render) -> None:
    steps = [
        Value(title="Un", url="/1", read=True, current=False),
        Value(title="Deux", url="/2", read=False, current=True),
        Value(title="Trois", url=None, read=False, current=False),
    ]
    page = render("outline", "{{ outline('Plan', s, done=1, total=3) }}", s=steps)

    assert page.xpath("//a[@aria-current='step']/@href") == ["/2"]
    assert "lu" in page.xpath("//li")[0].text_content()
    assert not page.xpath("//li[3]//a")
    assert page.xpath("//button/@popovertarget") == page.xpath("//nav/@id")


def test_the_overview_says_each_question_s_state_in_words(render: Render) -> None:
    entries = [
        Value(number=1, url="/1", answered=True, marked=True, current=False),
        Value(number=2, url="/2", answered=False, marked=False, current=True),
    ]
    page = render("question_overview", "{{ question_overview(e) }}", e=entries)

    first, second = (" ".join(link.text_content().split()) for link in page.xpath("//a"))
    assert first == "Question 1 : répondue, à revoir"
    assert second == "Question 2 : sans réponse"


def test_the_breadcrumb_ends_with_the_page_itself(render: Render) -> None:
    page = render("breadcrumb", "{{ breadcrumb([('Accueil', '/'), ('Module', '/m')]) }}")

    assert page.xpath("//a/@href") == ["/"]
    assert page.xpath("//*[@aria-current='page']")[0].text == "Module"


def test_pagination_links_neighbours_and_ends_only(render: Render) -> None:
    page = render("pagination", "{{ pagination(5, 9, u) }}", u=lambda number: f"?p={number}")

    assert page.xpath("//a/@href") == ["?p=4", "?p=1", "?p=4", "?p=5", "?p=6", "?p=9", "?p=6"]
    assert page.xpath("//a[@aria-current='page']/@href") == ["?p=5"]
    assert not render("pagination", "{{ pagination(1, 1, u) }}", u=str).xpath("//nav")


def test_a_dialog_opens_and_closes_without_a_script(render: Render) -> None:
    page = render(
        "dialog",
        "{{ dialog_button('Voir', 'd') }}{% call dialog('d', 'Titre') %}x{% endcall %}",
        names="dialog, dialog_button",
    )

    assert page.xpath("//*[@popover]/@aria-labelledby") == page.xpath("//h2/@id")
    assert page.xpath("//button/@popovertarget") == ["d", "d"]


SHOWN = {
    "button": "{{ submit_button('A', name='n', value='v') }}"
    "{{ button_link('B', '/', icon_name='flag') }}",
    "callout": "{% call callout('exemple', 'Conduite exemplaire') %}<p>x</p>{% endcall %}",
    "card": "{{ card('T', '/', meta='30 min', text='x') }}",
    "definition_list": "{{ definition_list([('Corps', 'pn'), ('Grade', none)]) }}",
    "empty_state": "{{ empty_state('Rien', 'x', action=('Voir', '/')) }}",
    "icon": "{{ icon('laurel') }}",
    "key_figure": "{{ key_figure('81 %', 'x') }}",
    "saved_status": "{{ saved_status(at='14:32') }}",
    "steps_nav": "{{ steps_nav(previous=('A', '/a'), following=('B', '/b')) }}",
    "tabs": "{{ tabs('Vues', [{'label': 'A', 'url': '/', 'current': true}]) }}",
    "tag": "{{ tag('En retard', 'due') }}",
}


@pytest.mark.parametrize("component", SHOWN)
def test_a_component_renders_its_usual_values(render: Render, component: str) -> None:
    page = render(component, SHOWN[component])

    assert len(page)
    assert not page.xpath("//@style | //style | //script")
    assert all(image.get("aria-hidden") == "true" for image in page.xpath("//svg"))
