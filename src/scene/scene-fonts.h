/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "scene.h"

G_BEGIN_DECLS

PangoLayout *scene_fonts_get_layout (SceneFonts *fonts, SceneRole role, double scale,
                                     const char *text);

G_END_DECLS
