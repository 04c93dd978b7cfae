/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "scene/scene.h"

G_BEGIN_DECLS

/* The palette that the desktop's style asks for. */
const ScenePalette *hw_palette_get_current (void);
void hw_palette_get_rgba (const ScenePalette *palette, SceneColour colour, GdkRGBA *rgba);

G_END_DECLS
