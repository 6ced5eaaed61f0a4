/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/atmosphere.h - the ICAO standard atmosphere up to 20 km, and airspeeds in it.
 * Room: flight.  Uses: base.  Source: ICAO Doc 7488; ISO 2533. Levels are pressure altitudes in
 * feet; those below -2,000 and above 65,000 ft are brought to these ends. No error, any thread. */
#ifndef OVERFLY_ATMOSPHERE_H
#define OVERFLY_ATMOSPHERE_H

#include <overfly/base.h>

#ifdef __cplusplus
extern "C" {
#endif

OVF_API double ovf_isa_pressure_hpa(double level_ft);
OVF_API double ovf_isa_temperature_k(double level_ft);
OVF_API double ovf_isa_sound_kt(double level_ft);
/* The level of a pressure; pressure_hpa above 0. */
OVF_API double ovf_isa_level_ft(double pressure_hpa);
/* True airspeed of a calibrated one, compressible flow, below the speed of sound. Indicated and
 * calibrated airspeed are taken as the same. */
OVF_API double ovf_tas_of_cas_kt(double cas_kt, double level_ft);
OVF_API double ovf_tas_of_mach_kt(double mach, double level_ft);
/* The slower of the two: what a climb at this airspeed and Mach number flies. mach 0: none. */
OVF_API double ovf_tas_of_schedule_kt(double cas_kt, double mach, double level_ft);

#ifdef __cplusplus
}
#endif
#endif
