/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this room share. */
#ifndef OVERFLY_GEO_INTERNAL_H
#define OVERFLY_GEO_INTERNAL_H

#include <overfly/geo.h>

#include <geodesic.h>

/* WGS84 prepared for PROJ's geodesic: written once, then only read. */
const struct geod_geodesic *ovf_geo_wgs84(void);

#endif
