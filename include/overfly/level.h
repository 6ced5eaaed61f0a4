/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/level.h - one vertical limit and what it is measured from; bands of two.
 * Room: geo.  Uses: base.  Source: ICAO Doc 10066 App. 3, items F) and G). */
#ifndef OVERFLY_LEVEL_H
#define OVERFLY_LEVEL_H

#include <overfly/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OVF_LEVEL_MAX_FT 1000000 /* real items G name orbital debris up to FL999 and far above */

/* The datum. Zero means "not known", so a zeroed level can never pass for the surface. */
typedef enum ovf_level_ref {
    OVF_LEVEL_UNKNOWN = 0,
    OVF_LEVEL_SFC,  /* the surface itself; value_ft is 0 */
    OVF_LEVEL_AGL,  /* above ground */
    OVF_LEVEL_AMSL, /* above mean sea level */
    OVF_LEVEL_FL,   /* pressure altitude at 1013.25 hPa: FL245 is 24500 */
    OVF_LEVEL_UNL,  /* no upper bound; value_ft is 0 */
} ovf_level_ref;

typedef enum ovf_level_unit { OVF_UNIT_FT = 0, OVF_UNIT_M } ovf_level_unit;

typedef struct ovf_level {
    ovf_level_ref ref;
    int32_t value_ft;    /* [0, OVF_LEVEL_MAX_FT], measured from ref; metres rounded outwards */
    ovf_level_unit unit; /* as written */
    bool is_open;        /* the limit itself is outside: "up to but not including FL180" */
} ovf_level;

/* Reads one level: "GND", "SFC", "UNL", "FL245", "FL 110", "2500FT AMSL", "2500FT MSL",
 * "2500FT AGL", "2500FT ASFC", "900M AMSL", "900M (AGL)", "4500M STD" (pressure altitude: FL),
 * "5000FT" (AMSL, with the finding left to the caller through *ref_assumed, which may be NULL).
 * Before it may stand "BELOW" or "ABV" (the limit itself is then outside) or "QNH" (AMSL), behind
 * it "AND BELOW" or "AND ABV".
 * text  need not end in NUL; upper case; no blank at either end.
 * is_upper  says which way metres are rounded to feet.
 * out   written only on OVF_OK.
 * OVF_E_SYNTAX: not a level.  OVF_E_RANGE: above OVF_LEVEL_MAX_FT.  err->pos: byte in text.
 * Allocates nothing. Safe from any thread. */
OVF_API OVF_NODISCARD ovf_status ovf_level_parse(ovf_str text, bool is_upper, ovf_level *out,
                                                 bool *ref_assumed, ovf_error *err);
/* "SFC", "FL245", "2500FT AMSL", "900M AMSL", "UNL", "unknown"; as snprintf. */
OVF_API size_t ovf_level_format(ovf_level level, char *out, size_t size);
OVF_API const char *ovf_level_ref_name(ovf_level_ref ref); /* SFC|AGL|AMSL|FL|UNL, or NULL */

/* Between which heights the ground lies, over some piece of the Earth: a coarse bound, never
 * narrower than the truth. Zeroed: not known. */
typedef struct ovf_surface {
    bool is_known;
    int32_t floor_ft; /* above mean sea level; negative in depressions */
    int32_t ceiling_ft;
} ovf_surface;

/* What both say of ground that lies in both their pieces. */
OVF_API ovf_surface ovf_surface_both(ovf_surface a, ovf_surface b);

/* A band of the sky in feet of pressure altitude, widened where the references cannot be
 * reconciled (AGL: by what the ground is not known to be; without any such bound it is taken as 0
 * for a lower limit and as 29,100 ft for an upper one; AMSL against FL: 2,000 ft, the altimeter's spread between 940 and 1050 hPa). */
typedef struct ovf_band {
    int32_t lower_ft;       /* widened: a flight below it is surely below the limit */
    int32_t upper_ft;       /* widened: a flight above it is surely above the limit */
    int32_t inner_lower_ft; /* narrowed: between the inner limits a flight is surely inside */
    int32_t inner_upper_ft;
} ovf_band;

/* Stand for "down to the ground" and "without bound" in a band. */
#define OVF_BAND_BOTTOM_FT (-100000)
#define OVF_BAND_TOP_FT 10000000

/* An unknown lower limit is the surface, an unknown upper limit has no bound (both uncertain).
 * Limits the wrong way round are taken as unknown: every level is then "cannot tell". */
OVF_API ovf_band ovf_band_of(ovf_level lower, ovf_level upper);
/* The same over ground that lies within these heights. An upper limit at the surface itself, which
 * without them excludes every level, reaches up to the ceiling. */
OVF_API ovf_band ovf_band_over(ovf_level lower, ovf_level upper, ovf_surface ground);
/* Does one of the limits depend on the ground? */
OVF_API bool ovf_limits_need_ground(ovf_level lower, ovf_level upper);
/* Is a flight at this pressure altitude within the band? UNKNOWN between inner and outer limits. */
OVF_API ovf_tri ovf_band_holds(ovf_band band, int32_t level_ft);

#ifdef __cplusplus
}
#endif
#endif
