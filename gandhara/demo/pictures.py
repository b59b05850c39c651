"""The demonstration's pictures, drawn afresh with Pillow whenever they are wanted."""

from collections.abc import Callable

from PIL import Image

from . import (
    scenes_fields,
    scenes_gatherings,
    scenes_hills,
    scenes_indoors,
    scenes_road,
    scenes_town,
    scenes_water,
)
from .brush import Canvas

_SCENES = (
    scenes_town.bazaar_street,
    scenes_road.bicycle_books,
    scenes_indoors.bookbinder_table,
    scenes_town.bookshop_lane,
    scenes_road.border_gate,
    scenes_town.city_dusk,
    scenes_gatherings.clinic_tent,
    scenes_indoors.conference_table,
    scenes_fields.cricket_evening,
    scenes_fields.desert_pipeline,
    scenes_water.glacier_lake,
    scenes_hills.mountain_ridges,
    scenes_gatherings.orange_garden,
    scenes_road.painted_truck,
    scenes_town.radio_mast_night,
    scenes_water.reservoir_dam,
    scenes_water.river_bridge,
    scenes_water.river_valley_terraces,
    scenes_hills.ruined_stupa,
    scenes_gatherings.school_courtyard,
    scenes_hills.snowy_pass,
    scenes_fields.walnut_valley,
    scenes_fields.wheat_fields,
    scenes_hills.winding_road,
)
PICTURES: dict[str, Callable[[Canvas], None]] = {
    scene.__name__.replace("_", "-"): scene for scene in _SCENES
}


def draw(name: str, width: int = 1600, height: int = 1000) -> Image.Image:
    """The picture called `name`; the same name and size always give the same picture."""
    canvas = Canvas(name, width, height)
    PICTURES[name](canvas)
    return canvas.finish()
