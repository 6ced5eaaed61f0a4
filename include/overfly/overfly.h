/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/overfly.h - all of the public API. */
#ifndef OVERFLY_OVERFLY_H
#define OVERFLY_OVERFLY_H

#include <overfly/airspace.h>
#include <overfly/area.h>
#include <overfly/atmosphere.h>
#include <overfly/authority.h>
#include <overfly/base.h>
#include <overfly/cells.h>
#include <overfly/conflict.h>
#include <overfly/day.h>
#include <overfly/draw.h>
#include <overfly/flight.h>
#include <overfly/flight_link.h>
#include <overfly/geo.h>
#include <overfly/geofence.h>
#include <overfly/geojson.h>
#include <overfly/gml.h>
#include <overfly/identity.h>
#include <overfly/json.h>
#include <overfly/json_in.h>
#include <overfly/ledger.h>
#include <overfly/level.h>
#include <overfly/navdata.h>
#include <overfly/news.h>
#include <overfly/news_source.h>
#include <overfly/notice.h>
#include <overfly/performance.h>
#include <overfly/restriction.h>
#include <overfly/route.h>
#include <overfly/schedule.h>
#include <overfly/statement.h>
#include <overfly/surveillance.h>
#include <overfly/table.h>
#include <overfly/time.h>
#include <overfly/version.h>
#include <overfly/volumes.h>
#include <overfly/wind.h>
#include <overfly/world.h>
#include <overfly/world_index.h>
#include <overfly/xml.h>

#endif
