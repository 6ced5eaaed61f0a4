/* SPDX-License-Identifier: Apache-2.0 */
/* ICAO Doc 7488: temperature falls by 6.5 K/km from 288.15 K to the tropopause at 11 km and stays
 * at 216.65 K up to 20 km. */
#include <overfly/atmosphere.h>

#include <math.h>

#define FT_M 0.3048
#define KT_MPS (1852.0 / 3600.0)
#define SEA_K 288.15
#define SEA_HPA 1013.25
#define LAPSE_K_M 0.0065
#define TROPOPAUSE_M 11000.0
#define TROPOPAUSE_K 216.65
#define GRAVITY 9.80665
#define GAS 287.05287 /* J/(kg K) */
#define GAMMA 1.4
#define LOWEST_FT (-2000.0)
#define HIGHEST_FT 65000.0

static double height_m(double level_ft)
{
    return fmin(HIGHEST_FT, fmax(LOWEST_FT, level_ft)) * FT_M;
}

static double temperature_k(double h_m)
{
    return h_m < TROPOPAUSE_M ? SEA_K - LAPSE_K_M * h_m : TROPOPAUSE_K;
}

static double pressure_hpa_at(double h_m)
{
    double below = SEA_HPA * pow(temperature_k(h_m) / SEA_K, GRAVITY / (GAS * LAPSE_K_M));
    if (h_m <= TROPOPAUSE_M)
        return below;
    return below * exp(-GRAVITY * (h_m - TROPOPAUSE_M) / (GAS * TROPOPAUSE_K));
}

double ovf_isa_pressure_hpa(double level_ft)
{
    return pressure_hpa_at(height_m(level_ft));
}

double ovf_isa_temperature_k(double level_ft)
{
    return temperature_k(height_m(level_ft));
}

double ovf_isa_sound_kt(double level_ft)
{
    return sqrt(GAMMA * GAS * ovf_isa_temperature_k(level_ft)) / KT_MPS;
}

double ovf_isa_level_ft(double pressure_hpa)
{
    double tropopause_hpa = pressure_hpa_at(TROPOPAUSE_M);
    double h_m = 0;
    if (pressure_hpa >= tropopause_hpa)
        h_m = SEA_K / LAPSE_K_M * (1.0 - pow(pressure_hpa / SEA_HPA, GAS * LAPSE_K_M / GRAVITY));
    else
        h_m = TROPOPAUSE_M
              + GAS * TROPOPAUSE_K / GRAVITY * log(tropopause_hpa / fmax(pressure_hpa, 1e-3));
    return fmin(HIGHEST_FT, fmax(LOWEST_FT, h_m / FT_M));
}

double ovf_tas_of_mach_kt(double mach, double level_ft)
{
    return mach * ovf_isa_sound_kt(level_ft);
}

/* The impact pressure of the calibrated airspeed at sea level gives the Mach number at the level
 * (isentropic flow): qc = p0 [(1 + 0.2 (cas/a0)^2)^3.5 - 1] = p [(1 + 0.2 M^2)^3.5 - 1]. */
double ovf_tas_of_cas_kt(double cas_kt, double level_ft)
{
    double sea_mach = cas_kt / ovf_isa_sound_kt(0);
    double impact_hpa = SEA_HPA * (pow(1.0 + 0.2 * sea_mach * sea_mach, 3.5) - 1.0);
    double ratio = impact_hpa / ovf_isa_pressure_hpa(level_ft);
    double mach = sqrt(5.0 * (pow(ratio + 1.0, 1.0 / 3.5) - 1.0));
    return ovf_tas_of_mach_kt(mach, level_ft);
}

double ovf_tas_of_schedule_kt(double cas_kt, double mach, double level_ft)
{
    double tas_kt = ovf_tas_of_cas_kt(cas_kt, level_ft);
    return mach > 0 ? fmin(tas_kt, ovf_tas_of_mach_kt(mach, level_ft)) : tas_kt;
}
