"""The maps of a brief: what each shows, in the brief's language and by the project's defaults."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.charts.text_width import SIZE, width
from briefing.cldr import comma, semicolon
from briefing.countries import atlas, draw
from briefing.countries.names import capital
from briefing.countries.request import Map, MapMark, MapRequest, MapStyle
from briefing.diagnostics import Diagnostic, Severity
from briefing.edition.resolve import Edition
from briefing.markup.markdown import plain
from briefing.model.country_map import MapContent
from briefing.model.data_path import DataPath
from briefing.model.fields import PlainText
from briefing.theme import Theme

from .locale import Locale, fill_in

_NONE = "none"


class Maps:
    """Draws the maps of an edition. ``diagnostics`` has a note for each map that it has not drawn."""

    def __init__(self, edition: Edition, language: Locale, theme: Theme) -> None:
        self.edition, self.language, self.theme = edition, language, theme
        self.diagnostics: list[Diagnostic] = []

    def draw(
        self, content: MapContent, path: DataPath, size: tuple[float, float], of: tuple[str, ...] = (), alt: str = ""
    ) -> Map | None:
        """The map of these countries, or of the brief's, ``size`` mm wide and high; None if there can be none.

        ``alt`` is its alternative text, if the brief gives one.
        """
        edition, outlines = self.edition, atlas.load()
        own = edition.outlines.get(str(content.data or "")) or edition.outlines.get("")
        of = of or (str(edition.brief.country),)
        known = outlines.layer("base").states.keys() | ({each.code for each in own.polygons} if own else set())
        if unknown := [code for code in of if code not in known]:
            self._note("no-map", f"the program has no map of {self._name(content, unknown[0])}", path)
            return None
        defaults = edition.project.maps
        request = MapRequest(
            of=of,
            name=lambda code: self._name(content, code),
            capitals=dict(self._capitals(content, of)),
            kilometres=self.language.kilometres,
            show=content.show,
            also=tuple(map(str, content.also)),
            marks=tuple(MapMark(str(mark.name), mark.at.latitude, mark.at.longitude) for mark in content.marks),
            own=own,
            dashed=frozenset(
                line.key for line in outlines.lines if defaults.dashed.get(PlainText(line.key), line.dashed)
            ),
            width=size[0],
            height=size[1],
        )
        face = self.theme.faces["sans"].family
        style = MapStyle(self.theme.colours, face, lambda text, semibold: width(text, semibold=semibold) / SIZE)
        drawn = draw.draw_map(outlines, request, style, (lambda _: alt) if alt else self._description)
        if drawn.has_dashed_lines and edition.kind == "handout" and not defaults.handout:
            message = "this map has a disputed boundary, so the handout is made without it"
            self._note("map-left-out", message, path, "set `handout: true` under maps: in briefing.yaml to allow it")
            return None
        for name in drawn.left_out:
            if any(name == mark.name for mark in content.marks) or name == content.capital:
                message = f"there is no room for '{name}' on this map, so the name is left out"
                self._note("map-name", message, path, "show fewer places, or make the map wide", Severity.WARNING)
        return drawn

    def _note(
        self, code: str, message: str, path: DataPath, advice: str = "", severity: Severity = Severity.NOTE
    ) -> None:
        self.diagnostics.append(self.edition.source_map.diagnostic(code, message, path, help=advice, severity=severity))

    def _name(self, content: MapContent, code: str) -> str:
        own = {**self.edition.project.maps.names, **content.names}
        return str({str(key): name for key, name in own.items()}.get(code) or self.language.country(code))

    def _capitals(self, content: MapContent, of: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """The capital of each country: that of the map, that of the project, that of the facts, else the usual name."""
        house = {str(code): str(name) for code, name in self.edition.project.maps.capitals.items()}
        for code in of:
            own = content.capital if len(of) == 1 else None
            in_facts = self._fact() if code == self.edition.brief.country else ""
            name = str(own or house.get(code) or in_facts or capital(code, self.language.tag))
            if name and name != _NONE:
                yield code, name

    def _fact(self) -> str:
        """The value of the fact that has the label of a capital in the brief's language; empty if there is none."""
        box, label = self.edition.brief.fact_box, self.language.labels.get("capital", "Capital").casefold()
        facts = box.facts.items() if box is not None else ()
        return next((plain(fact.value) for key, fact in facts if key.casefold() == label), "")

    def _description(self, drawn: Map) -> str:
        """The alternative text: the countries, then capitals and places, then neighbours."""
        joined = comma(self.language.tag).join
        title = fill_in(self.language.labels["map_of"], {"country": joined(drawn.own)})
        parts = [joined(part) for part in ((*drawn.capitals, *drawn.marks), drawn.neighbours) if part]
        return f"{title}: {semicolon(self.language.tag).join(parts)}" if parts else title
