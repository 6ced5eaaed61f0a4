/* SPDX-License-Identifier: Apache-2.0 */
/* Words by what they can be, then the verbs among them. A word alone decides nothing: "PROHIBITED
 * AREA" is a noun, "NO LONGER CLSD" is an opening, "WHEN AD CLSD" says when. */
#include "verbs.h"

static const struct {
    const char *word;
    uint32_t kinds;
} lexicon[] = {
    {"ACFT", OVF_W_ACTOR},
    {"ACT", OVF_W_ACTIVATE},
    {"ACTIVA", OVF_W_ACTIVATE},
    {"ACTIVADA", OVF_W_ACTIVATE},
    {"ACTIVADO", OVF_W_ACTIVATE},
    {"ACTIVATED", OVF_W_ACTIVATE},
    {"ACTIVATION", OVF_W_ACTIVATE},
    {"ACTIVE", OVF_W_ACTIVATE},
    {"ACTIVEE", OVF_W_ACTIVATE},
    {"ACTVT", OVF_W_ACTIVATE},
    {"AD", OVF_W_AERODROME},
    {"ADS", OVF_W_AERODROME},
    {"ADVISABLE", OVF_W_ADVISE},
    {"ADVISE", OVF_W_ADVISE},
    {"ADVISED", OVF_W_ADVISE},
    {"ADVISES", OVF_W_ADVISE},
    {"ADVISORIES", OVF_W_ADVISE},
    {"ADVISORY", OVF_W_ADVISE},
    {"ADZ", OVF_W_ADVISE},
    {"AEROBATIC", OVF_W_HAZARD},
    {"AEROBATICS", OVF_W_HAZARD},
    {"AERODROME", OVF_W_AERODROME},
    {"AERODROMES", OVF_W_AERODROME},
    {"AERODROMO", OVF_W_AERODROME},
    {"AERONAVE", OVF_W_ACTOR},
    {"AERONEF", OVF_W_ACTOR},
    {"AEROPORT", OVF_W_AERODROME},
    {"AEROPORTO", OVF_W_AERODROME},
    {"AEROPUERTO", OVF_W_AERODROME},
    {"AEROVIA", OVF_W_ROUTE},
    {"AEROVIAS", OVF_W_ROUTE},
    {"AFIS", OVF_W_SURFACE | OVF_W_SERVICE},
    {"AFS", OVF_W_SURFACE},
    {"AFTER", OVF_W_CONDITION},
    {"AIR", OVF_W_ACTOR},
    {"AIRCRAFT", OVF_W_ACTOR},
    {"AIRFIELD", OVF_W_AERODROME},
    {"AIRPORT", OVF_W_AERODROME},
    {"AIRPORTS", OVF_W_AERODROME},
    {"AIRSAPCE", OVF_W_AIR},
    {"AIRSPACE", OVF_W_AIR},
    {"AIRSPACES", OVF_W_AIR},
    {"AIRSPC", OVF_W_AIR},
    {"AIRSTRIP", OVF_W_AERODROME},
    {"AIRWAY", OVF_W_ROUTE},
    {"AIRWAYS", OVF_W_ROUTE},
    {"AIS", OVF_W_SURFACE | OVF_W_SERVICE},
    {"ALLOWED", OVF_W_PERMIT},
    {"ANNULE", OVF_W_LIFT},
    {"ANNULEE", OVF_W_LIFT},
    {"AOR", OVF_W_AIR},
    {"AP", OVF_W_AERODROME},
    {"APCH", OVF_W_SURFACE},
    {"APN", OVF_W_SURFACE},
    {"APP", OVF_W_SURFACE},
    {"APPROVAL", OVF_W_CONDITION},
    {"APRON", OVF_W_SURFACE},
    {"AREA", OVF_W_AIR},
    {"AREAS", OVF_W_AIR},
    {"ARP", OVF_W_AIR},
    {"ARPT", OVF_W_AERODROME},
    {"ARTILLERY", OVF_W_HAZARD},
    {"ASH", OVF_W_HAZARD},
    {"ATC", OVF_W_SURFACE | OVF_W_SERVICE},
    {"ATENCION", OVF_W_CAUTION},
    {"ATFCM", OVF_W_FLOW},
    {"ATFM", OVF_W_FLOW},
    {"ATS", OVF_W_SURFACE | OVF_W_SERVICE},
    {"ATZ", OVF_W_AIR},
    {"AUTH", OVF_W_PERMIT},
    {"AUTHD", OVF_W_PERMIT},
    {"AUTHORISATION", OVF_W_CONDITION},
    {"AUTHORISED", OVF_W_PERMIT},
    {"AUTHORIZATION", OVF_W_CONDITION},
    {"AUTHORIZED", OVF_W_PERMIT},
    {"AUTORISATION", OVF_W_CONDITION},
    {"AUTORISE", OVF_W_PERMIT},
    {"AUTORISEE", OVF_W_PERMIT},
    {"AUTORIZACAO", OVF_W_CONDITION},
    {"AUTORIZACION", OVF_W_CONDITION},
    {"AUTORIZADA", OVF_W_PERMIT},
    {"AUTORIZADO", OVF_W_PERMIT},
    {"AVAILABLE", OVF_W_LIFT},
    {"AVBL", OVF_W_LIFT},
    {"AVOID", OVF_W_AVOID},
    {"AVOIDED", OVF_W_AVOID},
    {"AVOIDING", OVF_W_AVOID},
    {"AWY", OVF_W_ROUTE},
    {"AWYS", OVF_W_ROUTE},
    {"BALLOON", OVF_W_HAZARD},
    {"BALLOONS", OVF_W_HAZARD},
    {"BAN", OVF_W_BAR},
    {"BANNED", OVF_W_BAR},
    {"BANS", OVF_W_BAR},
    {"BAY", OVF_W_SURFACE},
    {"BLASTING", OVF_W_HAZARD},
    {"BOMBING", OVF_W_HAZARD},
    {"BRIEFING", OVF_W_SURFACE},
    {"CALLE", OVF_W_SURFACE},
    {"CAN", OVF_W_SHALL},
    {"CANCELADA", OVF_W_LIFT},
    {"CANCELADO", OVF_W_LIFT},
    {"CANCELED", OVF_W_LIFT},
    {"CANCELLED", OVF_W_LIFT},
    {"CANNOT", OVF_W_SHALL},
    {"CAPACITY", OVF_W_FLOW},
    {"CAUTION", OVF_W_CAUTION},
    {"CAUTIOUS", OVF_W_CAUTION},
    {"CBA", OVF_W_AIR},
    {"CDR", OVF_W_ROUTE},
    {"CDRS", OVF_W_ROUTE},
    {"CERRADA", OVF_W_CLOSE},
    {"CERRADAS", OVF_W_CLOSE},
    {"CERRADO", OVF_W_CLOSE},
    {"CERRADOS", OVF_W_CLOSE},
    {"CHIUSA", OVF_W_CLOSE},
    {"CHIUSI", OVF_W_CLOSE},
    {"CHIUSO", OVF_W_CLOSE},
    {"CIERRE", OVF_W_CLOSE},
    {"CIRCLE", OVF_W_AIR},
    {"CLAUSURADA", OVF_W_CLOSE},
    {"CLAUSURADO", OVF_W_CLOSE},
    {"CLEARANCE", OVF_W_CONDITION},
    {"CLOSED", OVF_W_CLOSE},
    {"CLOSES", OVF_W_CLOSE},
    {"CLOSURE", OVF_W_CLOSE},
    {"CLOSURES", OVF_W_CLOSE},
    {"CLR", OVF_W_CONDITION},
    {"CLSD", OVF_W_CLOSE},
    {"CNL", OVF_W_LIFT},
    {"CNLD", OVF_W_LIFT},
    {"COHETE", OVF_W_HAZARD},
    {"COHETES", OVF_W_HAZARD},
    {"CONSENT", OVF_W_CONDITION},
    {"COOR", OVF_W_CONDITION},
    {"COORDINATION", OVF_W_CONDITION},
    {"CORRIDOR", OVF_W_AIR},
    {"CORRIDORS", OVF_W_AIR},
    {"COUNTER", OVF_W_SURFACE},
    {"CREATED", OVF_W_ACTIVATE},
    {"CREATION", OVF_W_ACTIVATE},
    {"CTA", OVF_W_AIR},
    {"CTN", OVF_W_CAUTION},
    {"CTOT", OVF_W_FLOW},
    {"CTR", OVF_W_AIR},
    {"CUSTOMS", OVF_W_SURFACE},
    {"DANGER", OVF_W_KIND},
    {"DANGEREUSE", OVF_W_KIND},
    {"DANGEROUS", OVF_W_HAZARD | OVF_W_KIND},
    {"DEACT", OVF_W_LIFT},
    {"DEACTIVATED", OVF_W_LIFT},
    {"DEACTIVATION", OVF_W_LIFT},
    {"DEACTIVED", OVF_W_LIFT},
    {"DEBERA", OVF_W_SHALL},
    {"DEBERAN", OVF_W_SHALL},
    {"DEBRIS", OVF_W_HAZARD},
    {"DECK", OVF_W_SURFACE},
    {"DECLARED", OVF_W_ACTIVATE},
    {"DECONSEILLE", OVF_W_ADVISE},
    {"DEMOLITION", OVF_W_HAZARD},
    {"DERELICT", OVF_W_HAZARD},
    {"DESACTIVADA", OVF_W_LIFT},
    {"DESACTIVADO", OVF_W_LIFT},
    {"DESACTIVE", OVF_W_LIFT},
    {"DESACTIVEE", OVF_W_LIFT},
    {"DESIGNATED", OVF_W_ACTIVATE},
    {"DESK", OVF_W_SURFACE},
    {"DISALLOWED", OVF_W_BAR},
    {"DISPARO", OVF_W_HAZARD},
    {"DISPAROS", OVF_W_HAZARD},
    {"DOIT", OVF_W_SHALL},
    {"DOIVENT", OVF_W_SHALL},
    {"DRONE", OVF_W_HAZARD},
    {"DRONES", OVF_W_HAZARD},
    {"DURANTE", OVF_W_IF},
    {"DURING", OVF_W_IF},
    {"EDCT", OVF_W_FLOW},
    {"ENCOURAGED", OVF_W_ADVISE},
    {"ERUPTION", OVF_W_HAZARD},
    {"ESCAT", OVF_W_KIND},
    {"ESPACE", OVF_W_AIR},
    {"ESPACIO", OVF_W_AIR},
    {"ESPACIOS", OVF_W_AIR},
    {"ESPACO", OVF_W_AIR},
    {"ESTAB", OVF_W_ACTIVATE},
    {"ESTABD", OVF_W_ACTIVATE},
    {"ESTABLISH", OVF_W_ACTIVATE},
    {"ESTABLISHED", OVF_W_ACTIVATE},
    {"EVITAR", OVF_W_AVOID},
    {"EVITER", OVF_W_AVOID},
    {"EXPLOSIVE", OVF_W_HAZARD},
    {"EXPLOSIVES", OVF_W_HAZARD},
    {"FALLOUT", OVF_W_HAZARD},
    {"FATO", OVF_W_SURFACE},
    {"FECHADA", OVF_W_CLOSE},
    {"FECHADAS", OVF_W_CLOSE},
    {"FECHADO", OVF_W_CLOSE},
    {"FECHADOS", OVF_W_CLOSE},
    {"FECHAMENTO", OVF_W_CLOSE},
    {"FERME", OVF_W_CLOSE},
    {"FERMEE", OVF_W_CLOSE},
    {"FERMEES", OVF_W_CLOSE},
    {"FERMES", OVF_W_CLOSE},
    {"FERMETURE", OVF_W_CLOSE},
    {"FIR", OVF_W_AIR},
    {"FIRING", OVF_W_HAZARD},
    {"FIRS", OVF_W_AIR},
    {"FLIGHT", OVF_W_ACTOR},
    {"FLIGHTS", OVF_W_ACTOR},
    {"FLOW", OVF_W_FLOW},
    {"FLT", OVF_W_ACTOR},
    {"FLTS", OVF_W_ACTOR},
    {"FLUGPLATZ", OVF_W_AERODROME},
    {"FOGUETE", OVF_W_HAZARD},
    {"FORBIDDEN", OVF_W_BAR},
    {"FORCE", OVF_W_ACTIVATE},
    {"FRNG", OVF_W_HAZARD},
    {"FUEL", OVF_W_SURFACE},
    {"FUELLING", OVF_W_SURFACE},
    {"GATE", OVF_W_SURFACE},
    {"GATES", OVF_W_SURFACE},
    {"GDP", OVF_W_FLOW},
    {"GESCHLOSSEN", OVF_W_CLOSE},
    {"GESPERRT", OVF_W_CLOSE},
    {"GNSS", OVF_W_HAZARD},
    {"GPS", OVF_W_HAZARD},
    {"GUNNERY", OVF_W_HAZARD},
    {"HANDLING", OVF_W_SURFACE},
    {"HANGAR", OVF_W_SURFACE},
    {"HAZARD", OVF_W_HAZARD},
    {"HAZARDOUS", OVF_W_HAZARD},
    {"HELIPAD", OVF_W_SURFACE},
    {"HELIPADS", OVF_W_SURFACE},
    {"HELIPORT", OVF_W_AERODROME},
    {"HELIPORTS", OVF_W_AERODROME},
    {"HELISTOP", OVF_W_SURFACE},
    {"HOLD", OVF_W_SURFACE},
    {"HOLDING", OVF_W_SURFACE},
    {"HOT", OVF_W_ACTIVATE},
    {"IF", OVF_W_IF},
    {"IMPOSED", OVF_W_ACTIVATE},
    {"INACTIVE", OVF_W_LIFT},
    {"INTERDICTION", OVF_W_BAR},
    {"INTERDIT", OVF_W_BAR},
    {"INTERDITE", OVF_W_BAR | OVF_W_KIND},
    {"INTERDITES", OVF_W_BAR},
    {"INTERDITS", OVF_W_BAR},
    {"INTERFERENCE", OVF_W_HAZARD},
    {"INTERFERENCES", OVF_W_HAZARD},
    {"INTRODUCED", OVF_W_ACTIVATE},
    {"JAMMING", OVF_W_HAZARD},
    {"LANCAMENTO", OVF_W_HAZARD},
    {"LANZAMIENTO", OVF_W_HAZARD},
    {"LARS", OVF_W_SURFACE},
    {"LASER", OVF_W_HAZARD},
    {"LASERS", OVF_W_HAZARD},
    {"LDG", OVF_W_AERODROME},
    {"LEVANTADA", OVF_W_LIFT},
    {"LEVANTADO", OVF_W_LIFT},
    {"LEVEE", OVF_W_LIFT},
    {"LIFTED", OVF_W_LIFT},
    {"LOOP", OVF_W_SURFACE},
    {"MAY", OVF_W_SHALL},
    {"MDI", OVF_W_FLOW},
    {"METERING", OVF_W_FLOW},
    {"MINE", OVF_W_HAZARD},
    {"MINES", OVF_W_HAZARD},
    {"MINIT", OVF_W_FLOW},
    {"MISSILE", OVF_W_HAZARD},
    {"MISSILES", OVF_W_HAZARD},
    {"MIT", OVF_W_FLOW},
    {"MOA", OVF_W_KIND},
    {"MORTAR", OVF_W_HAZARD},
    {"MUST", OVF_W_SHALL},
    {"NAO", OVF_W_NOT},
    {"NAVIGATION", OVF_W_SERVICE},
    {"NEITHER", OVF_W_NOT},
    {"NFZ", OVF_W_KIND},
    {"NICHT", OVF_W_NOT},
    {"NIL", OVF_W_NOT},
    {"NO", OVF_W_NOT},
    {"NON", OVF_W_NOT},
    {"NOT", OVF_W_NOT},
    {"OFFICE", OVF_W_SURFACE},
    {"OFFICES", OVF_W_SURFACE},
    {"ONLY", OVF_W_CONDITION},
    {"OPEN", OVF_W_LIFT},
    {"OPENED", OVF_W_LIFT},
    {"OPERATOR", OVF_W_ACTOR},
    {"OPERATORS", OVF_W_ACTOR},
    {"ORDNANCE", OVF_W_HAZARD},
    {"OUTAGE", OVF_W_HAZARD},
    {"OUTSIDE", OVF_W_IF},
    {"PARACHUTE", OVF_W_HAZARD},
    {"PARACHUTING", OVF_W_HAZARD},
    {"PARKING", OVF_W_SURFACE},
    {"PAS", OVF_W_NOT},
    {"PELIGRO", OVF_W_KIND},
    {"PELIGROSA", OVF_W_KIND},
    {"PENDANT", OVF_W_IF},
    {"PERIODS", OVF_W_IF},
    {"PERMIS", OVF_W_PERMIT},
    {"PERMISO", OVF_W_CONDITION},
    {"PERMISSION", OVF_W_CONDITION},
    {"PERMITIDA", OVF_W_PERMIT},
    {"PERMITIDO", OVF_W_PERMIT},
    {"PERMITTED", OVF_W_PERMIT},
    {"PERSON", OVF_W_ACTOR},
    {"PERSONS", OVF_W_ACTOR},
    {"PILOT", OVF_W_ACTOR},
    {"PILOTS", OVF_W_ACTOR},
    {"PISTA", OVF_W_SURFACE},
    {"PISTAS", OVF_W_SURFACE},
    {"PISTE", OVF_W_SURFACE},
    {"PLATFORM", OVF_W_SURFACE},
    {"POSITION", OVF_W_SURFACE},
    {"PPO", OVF_W_CONDITION},
    {"PPR", OVF_W_CONDITION},
    {"PRECAUCAO", OVF_W_CAUTION},
    {"PRECAUCION", OVF_W_CAUTION},
    {"PRECAUTION", OVF_W_CAUTION},
    {"PRECAUTIONS", OVF_W_CAUTION},
    {"PROHIBE", OVF_W_BAR},
    {"PROHIBEN", OVF_W_BAR},
    {"PROHIBIDA", OVF_W_BAR | OVF_W_KIND},
    {"PROHIBIDAS", OVF_W_BAR},
    {"PROHIBIDO", OVF_W_BAR},
    {"PROHIBIDOS", OVF_W_BAR},
    {"PROHIBIT", OVF_W_BAR},
    {"PROHIBITED", OVF_W_BAR | OVF_W_KIND},
    {"PROHIBITION", OVF_W_BAR},
    {"PROHIBITIONS", OVF_W_BAR},
    {"PROHIBITS", OVF_W_BAR},
    {"PROIBIDA", OVF_W_BAR},
    {"PROIBIDAS", OVF_W_BAR},
    {"PROIBIDO", OVF_W_BAR},
    {"PROIBIDOS", OVF_W_BAR},
    {"PRUDENCE", OVF_W_CAUTION},
    {"RADAR", OVF_W_SURFACE},
    {"RAMP", OVF_W_SURFACE},
    {"RATE", OVF_W_FLOW},
    {"RATES", OVF_W_FLOW},
    {"REABIERTO", OVF_W_LIFT},
    {"REACTIVATED", OVF_W_LIFT},
    {"REANUDADAS", OVF_W_LIFT},
    {"RECOMENDA", OVF_W_ADVISE},
    {"RECOMENDADA", OVF_W_ADVISE},
    {"RECOMENDADO", OVF_W_ADVISE},
    {"RECOMIENDA", OVF_W_ADVISE},
    {"RECOMMANDE", OVF_W_ADVISE},
    {"RECOMMANDEE", OVF_W_ADVISE},
    {"RECOMMEND", OVF_W_ADVISE},
    {"RECOMMENDATION", OVF_W_ADVISE},
    {"RECOMMENDED", OVF_W_ADVISE},
    {"RECOMMENDS", OVF_W_ADVISE},
    {"REENTRY", OVF_W_HAZARD},
    {"REGLEMENTEE", OVF_W_KIND},
    {"REGULATION", OVF_W_FLOW},
    {"REGULATIONS", OVF_W_FLOW},
    {"REMOVED", OVF_W_LIFT},
    {"REOPEN", OVF_W_LIFT},
    {"REOPENED", OVF_W_LIFT},
    {"REOPENING", OVF_W_LIFT},
    {"REOPENS", OVF_W_LIFT},
    {"REOUVERT", OVF_W_LIFT},
    {"REQ", OVF_W_ADVISE},
    {"REQUESTED", OVF_W_ADVISE},
    {"RESCINDED", OVF_W_LIFT},
    {"RESERVATION", OVF_W_KIND},
    {"RESERVED", OVF_W_KIND},
    {"RESTRICTED", OVF_W_KIND},
    {"RESTRICTION", OVF_W_KIND},
    {"RESTRICTIONS", OVF_W_KIND},
    {"RESTRINGIDA", OVF_W_KIND},
    {"RESUME", OVF_W_LIFT},
    {"RESUMED", OVF_W_LIFT},
    {"RESUMES", OVF_W_LIFT},
    {"REVOKED", OVF_W_LIFT},
    {"ROAD", OVF_W_SURFACE},
    {"ROCKET", OVF_W_HAZARD},
    {"ROCKETS", OVF_W_HAZARD},
    {"RODAJE", OVF_W_SURFACE},
    {"ROTA", OVF_W_ROUTE},
    {"ROUTE", OVF_W_ROUTE},
    {"ROUTES", OVF_W_ROUTE},
    {"RTE", OVF_W_ROUTE},
    {"RTES", OVF_W_ROUTE},
    {"RUNWAY", OVF_W_SURFACE},
    {"RUNWAYS", OVF_W_SURFACE},
    {"RUTA", OVF_W_ROUTE},
    {"RUTAS", OVF_W_ROUTE},
    {"RWY", OVF_W_SURFACE},
    {"RWYS", OVF_W_SURFACE},
    {"SECTOR", OVF_W_AIR},
    {"SECTORS", OVF_W_AIR},
    {"SEG", OVF_W_AIR | OVF_W_ROUTE},
    {"SEGMENT", OVF_W_AIR | OVF_W_ROUTE},
    {"SEGMENTS", OVF_W_AIR | OVF_W_ROUTE},
    {"SEGREGATED", OVF_W_KIND},
    {"SER", OVF_W_SERVICE},
    {"SERVICE", OVF_W_SERVICE},
    {"SERVICES", OVF_W_SERVICE},
    {"SHALL", OVF_W_SHALL},
    {"SHOULD", OVF_W_ADVISE},
    {"SID", OVF_W_ROUTE},
    {"SIDS", OVF_W_ROUTE},
    {"SKIES", OVF_W_AIR},
    {"SLOT", OVF_W_FLOW},
    {"SLOTS", OVF_W_FLOW},
    {"SPACING", OVF_W_FLOW},
    {"SPLASHDOWN", OVF_W_HAZARD},
    {"SPOOFING", OVF_W_HAZARD},
    {"STAND", OVF_W_SURFACE},
    {"STANDS", OVF_W_SURFACE},
    {"STAR", OVF_W_ROUTE},
    {"STARS", OVF_W_ROUTE},
    {"STEAM", OVF_W_FLOW},
    {"STRIP", OVF_W_SURFACE},
    {"SUBJ", OVF_W_CONDITION},
    {"SUBJECT", OVF_W_CONDITION},
    {"SUGGESTED", OVF_W_ADVISE},
    {"SVC", OVF_W_SERVICE},
    {"SWY", OVF_W_SURFACE},
    {"TAXIWAY", OVF_W_SURFACE},
    {"TAXIWAYS", OVF_W_SURFACE},
    {"TEMPO", OVF_W_ACTIVATE},
    {"TEMPORAIRE", OVF_W_ACTIVATE},
    {"TEMPORAL", OVF_W_ACTIVATE},
    {"TEMPORARILY", OVF_W_ACTIVATE},
    {"TEMPORARY", OVF_W_ACTIVATE},
    {"TERMINAL", OVF_W_SURFACE},
    {"TERMINALS", OVF_W_SURFACE},
    {"TERMINATED", OVF_W_LIFT},
    {"TFC", OVF_W_SERVICE | OVF_W_ACTOR},
    {"TFR", OVF_W_KIND},
    {"THR", OVF_W_SURFACE},
    {"THRESHOLD", OVF_W_SURFACE},
    {"TIBA", OVF_W_SERVICE},
    {"TIR", OVF_W_HAZARD},
    {"TIRS", OVF_W_HAZARD},
    {"TLOF", OVF_W_SURFACE},
    {"TMA", OVF_W_AIR},
    {"TORPEDO", OVF_W_HAZARD},
    {"TOWER", OVF_W_SURFACE | OVF_W_SERVICE},
    {"TRA", OVF_W_AIR | OVF_W_KIND},
    {"TRAFFIC", OVF_W_SERVICE | OVF_W_ACTOR},
    {"TSA", OVF_W_AIR | OVF_W_KIND},
    {"TWR", OVF_W_SURFACE | OVF_W_SERVICE},
    {"TWY", OVF_W_SURFACE},
    {"TWYS", OVF_W_SURFACE},
    {"TXL", OVF_W_SURFACE},
    {"UAS", OVF_W_HAZARD | OVF_W_ACTOR},
    {"UAV", OVF_W_HAZARD},
    {"UIR", OVF_W_AIR},
    {"UNCONTROLLED", OVF_W_SERVICE},
    {"UNIT", OVF_W_SURFACE},
    {"UNLESS", OVF_W_IF},
    {"UNREL", OVF_W_HAZARD},
    {"UNRELIABLE", OVF_W_HAZARD},
    {"UNTERSAGT", OVF_W_BAR},
    {"UPR", OVF_W_ROUTE},
    {"URGED", OVF_W_ADVISE},
    {"UTA", OVF_W_AIR},
    {"VERBOTEN", OVF_W_BAR},
    {"VIETATA", OVF_W_BAR},
    {"VIETATO", OVF_W_BAR},
    {"VIGILANCE", OVF_W_CAUTION},
    {"VIGILANT", OVF_W_CAUTION},
    {"VISITOR", OVF_W_SURFACE},
    {"WARNED", OVF_W_ADVISE},
    {"WHEN", OVF_W_IF},
    {"WHENEVER", OVF_W_IF},
    {"WHILE", OVF_W_IF},
    {"WILL", OVF_W_SHALL},
    {"WINDOW", OVF_W_SURFACE},
    {"WITHDRAWN", OVF_W_LIFT},
    {"ZDT", OVF_W_KIND},
    {"ZIT", OVF_W_KIND},
    {"ZONA", OVF_W_AIR},
    {"ZONAS", OVF_W_AIR},
    {"ZONE", OVF_W_AIR},
    {"ZONES", OVF_W_AIR},
    {"ZRT", OVF_W_KIND},
};

static uint32_t kinds_of(ovf_str word)
{
    char key[20];
    if (word.len < 2 || word.len >= sizeof(key))
        return 0;
    for (size_t i = 0; i < word.len; i++)
        key[i] = ovf_upper(word.ptr[i]);
    key[word.len] = '\0';
    size_t low = 0;
    size_t high = OVF_COUNTOF(lexicon);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(lexicon[middle].word, key);
        if (order == 0)
            return lexicon[middle].kinds;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

bool ovf_verbs_read(ovf_draft *d, ovf_verbs *out)
{
    uint32_t *kinds = ovf_arena_array(d->arena, uint32_t, d->token_count + 1);
    *out = (ovf_verbs){.kinds = kinds};
    if (kinds == NULL) {
        d->no_memory = true;
        return false;
    }
    for (size_t i = 0; i < d->token_count; i++) {
        kinds[i] = d->tokens[i].kind == OVF_TOK_WORD ? kinds_of(ovf_tok_text(d, i)) : 0;
        out->all |= kinds[i];
    }
    kinds[d->token_count] = 0;
    return true;
}

static bool any(const ovf_verbs *v, size_t from, size_t until, uint32_t kinds)
{
    for (size_t i = from; i < until; i++) {
        if ((v->kinds[i] & kinds) != 0)
            return true;
    }
    return false;
}

static size_t back(size_t i, size_t steps, size_t floor)
{
    return i > floor + steps ? i - steps : floor;
}

/* The start of what stands before a verb: its sentence's, but not far. */
static size_t clause_start(const ovf_draft *d, size_t i)
{
    size_t start = ovf_sentence_start(d, i);
    return start > d->main_from ? start : d->main_from < i ? d->main_from : i;
}

/* "NOT CLSD", "NO LONGER PROHIBITED", "DOES NOT PROHIBIT". */
static bool is_denied(const ovf_draft *d, const ovf_verbs *v, size_t i)
{
    size_t from = back(i, 3, clause_start(d, i));
    for (size_t k = from; k < i; k++) {
        if ((v->kinds[k] & OVF_W_NOT) != 0
            && (ovf_phrase(d, k, "NOT|NO|NON|PAS|NAO LONGER|MORE|BE|BEEN?") == i || k + 1 == i
                || ovf_phrase(d, k, "NO|NOT LONGER|BE BE?") == i))
            return true;
    }
    return false;
}

static bool is_lifting_word(const ovf_draft *d, size_t i)
{
    return ovf_phrase(d, i,
                      "IS|ARE|HAS|HAVE|WAS|WERE? BEEN? "
                      "CANCELLED|CANCELED|CNL|CNLD|LIFTED|REVOKED|REMOVED|WITHDRAWN|TERMINATED|"
                      "RESCINDED|LEVANTADA|LEVANTADO|CANCELADA|CANCELADO|LEVEE|ANNULE|ANNULEE")
           > 0;
}

/* "CLOSURE OF RWY 09 CANCELLED", "PROHIBITION LIFTED": an end within the sentence. */
static bool is_ended(const ovf_draft *d, const ovf_verbs *v, size_t i)
{
    size_t until = ovf_sentence_end(d, i);
    if (until > i + 9)
        until = i + 9;
    for (size_t k = i + 1; k < until; k++) {
        if ((v->kinds[k] & (OVF_W_CLOSE | OVF_W_BAR)) != 0)
            return false;
        if (is_lifting_word(d, k))
            return true;
    }
    // "CANCELLATION OF THE PROHIBITION", "LIFTING OF THE BAN".
    return i > d->main_from + 1
           && (ovf_phrase(d, back(i, 3, 0), "CANCELLATION|LIFTING|REMOVAL|END OF THE?") == i
               || ovf_phrase(d, back(i, 2, 0), "CANCELLATION|LIFTING|REMOVAL|END OF") == i);
}

/* "IF CLSD", "WHEN AD CLSD", "DURING CLOSURE", "OUTSIDE THESE HOURS: AD CLSD": says when, not that. */
static bool is_in_if(const ovf_draft *d, const ovf_verbs *v, size_t i)
{
    size_t from = back(i, 7, clause_start(d, i));
    for (size_t k = i; k-- > from;) {
        if (ovf_tok_sign(d, k, ',') || (v->kinds[k] & (OVF_W_BAR | OVF_W_CLOSE)) != 0)
            return false;
        if ((v->kinds[k] & OVF_W_IF) != 0)
            return !ovf_tok_is(d, k, "DURING") || i - k <= 4;
    }
    return false;
}

/* "PROHIBITED AREA LF-P40": a noun. */
static bool is_area_noun(const ovf_draft *d, size_t i)
{
    return ovf_phrase(
               d, i, "PROHIBITED|PROHIBIDA|PROHIBIDAS|INTERDITE AREA|AREAS|ZONE|ZONES|AIRSPACE|ARP")
               > 0
           || (ovf_phrase(d, i,
                          "PROHIBITED|PROHIBIDA|INTERDITE RESTRICTED|RESTRICTED AND|OR|DANGER")
               > 0)
           || (i > 0
               && ovf_phrase(d, i - 1,
                             "ZONA|ZONAS|ZONE|ZONES|AREA|AREAS PROHIBIDA|PROHIBIDAS|INTERDITE|"
                             "INTERDITES|PROIBIDA|PROIBIDAS")
                      > 0);
}

/* A noun of barring alone bars when it says what: "PROHIBITION OF", "BAN ON", "PROHIBITION APPLIES". */
static bool is_barring(const ovf_draft *d, const ovf_verbs *v, size_t i)
{
    if (is_area_noun(d, i) || is_denied(d, v, i) || is_ended(d, v, i))
        return false;
    if (ovf_phrase(d, i, "PROHIBITION|PROHIBITIONS|INTERDICTION|BAN|BANS") > 0)
        return ovf_phrase(d, i, "* OF|FOR|ON|TO|APPLIES|DE|D|DU|AGAINST|IN|IS|ARE") > 0;
    // "MAY BE PROHIBITED", "DOES NOT PROHIBIT" leave it open.
    return !(i >= 2 && ovf_phrase(d, i - 2, "MAY|MIGHT|COULD BE") == i);
}

/* "SHALL NOT ENTER", "MUST NOT BE OVERFLOWN". */
static size_t shall_not(const ovf_draft *d, size_t i)
{
    return ovf_phrase(
        d, i,
        "SHALL|MUST|MAY|CAN NOT BE? "
        "ENTER|OPERATE|FLY|OVERFLY|PENETRATE|CONDUCT|CONDUCTED|FLOWN|OVERFLOWN|ENTERED|"
        "OPERATED|PERFORMED|TRANSIT|CROSS|PLAN|PROCEED|PERFORM|USE|LAND|DEPART");
}

/* "NO AIRCRAFT WHICH IS OWNED BY ... SHALL FLY", "NO PERSON MAY OPERATE". */
static size_t nobody_may(const ovf_draft *d, const ovf_verbs *v, size_t i)
{
    if (ovf_phrase(d, i, "NO") == 0
        || !any(v, i + 1, i + 4 < d->token_count ? i + 4 : i, OVF_W_ACTOR))
        return 0;
    size_t until = ovf_sentence_end(d, i);
    if (until > i + 90)
        until = i + 90;
    for (size_t k = i + 2; k < until; k++) {
        if ((v->kinds[k] & OVF_W_SHALL) == 0)
            continue;
        size_t end = ovf_phrase(d, k,
                                "SHALL|MAY|MUST|CAN FLY|ENTER|OPERATE|CONDUCT|OVERFLY|LAND|TAKE|BE|"
                                "PENETRATE|DEPART|TRANSIT|CROSS|USE|PROCEED|ENGAGE");
        if (end > 0)
            return end;
    }
    return 0;
}

/* "NOT ALLOWED", "NO ENTRY PERMITTED", "NO FLIGHTS", "NO SE AUTORIZA". */
static size_t not_permitted(const ovf_draft *d, const ovf_verbs *v, size_t i)
{
    bool may_be = i > 0 && ovf_phrase(d, i - 1, "MAY|MIGHT NOT BE") > 0;
    size_t end =
        may_be ? 0
               : ovf_phrase(d, i,
                            "NOT|NO|PAS BE? "
                            "ALLOWED|PERMITTED|AUTHORIZED|AUTHORISED|AUTH|AUTORIZADO|AUTORISE|"
                            "PERMITIDO|PERMITIDA|PERMIS");
    if (end > 0)
        return end;
    if (ovf_phrase(d, i, "NO ENTRY|ENTRIES|PENETRATION|OVERFLIGHT|OVERFLIGHTS") > 0)
        return i + 2;
    if (ovf_phrase(d, i, "NO SE PERMITE|PERMITEN|AUTORIZA|AUTORIZAN") > 0)
        return i + 3;
    for (size_t k = i + 2; k < i + 6 && k < d->token_count && ovf_tok_is(d, i, "NO"); k++) {
        if ((v->kinds[k] & OVF_W_PERMIT) != 0 && any(v, i + 1, k, OVF_W_ACTOR))
            return k + 1;
    }
    return 0;
}

ovf_verb_hit ovf_verb_bar(const ovf_draft *d, const ovf_verbs *v, size_t from)
{
    ovf_verb_hit none = {OVF_NOPOS, 0};
    if ((v->all & (OVF_W_BAR | OVF_W_NOT)) == 0)
        return none;
    for (size_t i = from; i < d->token_count; i++) {
        uint32_t kinds = v->kinds[i];
        if ((kinds & (OVF_W_BAR | OVF_W_NOT | OVF_W_SHALL)) == 0)
            continue;
        if ((kinds & OVF_W_BAR) != 0 && is_barring(d, v, i) && !is_in_if(d, v, i))
            return (ovf_verb_hit){i, i + 1};
        size_t end = (kinds & OVF_W_SHALL) != 0 ? shall_not(d, i) : 0;
        if (end == 0 && (kinds & OVF_W_NOT) != 0)
            end = nobody_may(d, v, i);
        if (end == 0 && (kinds & OVF_W_NOT) != 0)
            end = not_permitted(d, v, i);
        if (end > 0 && !is_in_if(d, v, i))
            return (ovf_verb_hit){i, end};
    }
    return none;
}

ovf_verb_hit ovf_verb_close(const ovf_draft *d, const ovf_verbs *v, size_t from)
{
    if ((v->all & OVF_W_CLOSE) == 0)
        return (ovf_verb_hit){OVF_NOPOS, 0};
    for (size_t i = from; i < d->token_count; i++) {
        if ((v->kinds[i] & OVF_W_CLOSE) == 0)
            continue;
        bool may_be = i >= 2 && ovf_phrase(d, i - 2, "MAY|MIGHT|COULD BE") == i;
        if (!may_be && !is_denied(d, v, i) && !is_ended(d, v, i) && !is_in_if(d, v, i)
            && ovf_phrase(d, i, "* TO? BE? CONFIRMED|ANNOUNCED|EXPECTED") == 0)
            return (ovf_verb_hit){i, i + 1};
    }
    return (ovf_verb_hit){OVF_NOPOS, 0};
}

ovf_verb_hit ovf_verb_lift(const ovf_draft *d, const ovf_verbs *v, size_t from)
{
    for (size_t i = from; i < d->token_count; i++) {
        uint32_t kinds = v->kinds[i];
        if ((kinds & (OVF_W_CLOSE | OVF_W_BAR)) != 0 && (is_denied(d, v, i) || is_ended(d, v, i))
            && ovf_phrase(d, i, "PROHIBIT|PROHIBITS") == 0)
            return (ovf_verb_hit){i, i + 1};
        if ((kinds & OVF_W_LIFT) == 0 || is_in_if(d, v, i))
            continue;
        // "ACTIVATION/DEACTIVATION", "MAY BE DEACTIVATED", "DEACTIVATION IS POSSIBLE": not asserted.
        bool is_beside = (i > 0 && (ovf_tok_sign(d, i - 1, '/') || ovf_tok_is(d, i - 1, "OR")))
                         || (i >= 2 && ovf_phrase(d, i - 2, "MAY|MIGHT|CAN|COULD BE") == i)
                         || ovf_tok_sign(d, i + 1, '/') || is_denied(d, v, i);
        if (is_beside)
            continue;
        if (ovf_phrase(
                d, i,
                "DEACTIVATED|DEACT|DEACTIVED|INACTIVE|REOPENED|REOPEN|REOPENS|DESACTIVADA|DESACTIVADO|"
                "DESACTIVE|DESACTIVEE|REABIERTO|REANUDADAS|REOUVERT")
                > 0
            || ovf_phrase(
                   d, i, "RESUMED|RESUME|RESUMES NORMAL? OPS|OPERATIONS|OPERATION|SERVICE|SERVICES")
                   > 0
            || (i > 0
                && ovf_phrase(d, i - 1,
                              "RESTRICTION|RESTRICTIONS|MEASURES|LIMITATION|LIMITATIONS *")
                       > i
                && is_lifting_word(d, i)))
            return (ovf_verb_hit){i, i + 1};
        if (i >= 2
            && ovf_phrase(d, i - 2, "RESTRICTION|RESTRICTIONS|MEASURES IS|ARE|HAS|HAVE BEEN?") == i
            && is_lifting_word(d, i))
            return (ovf_verb_hit){i, i + 1};
    }
    return (ovf_verb_hit){OVF_NOPOS, 0};
}

uint32_t ovf_verb_subject(const ovf_draft *d, const ovf_verbs *v, size_t at)
{
    const uint32_t nouns = OVF_W_SURFACE | OVF_W_AIR | OVF_W_ROUTE | OVF_W_AERODROME;
    size_t start = d->main_from < at ? d->main_from : 0;
    // "CLOSURE OF THE AIRSPACE", "CERRADA PISTA 10": what follows, when it follows at once.
    bool is_noun =
        ovf_phrase(d, at, "CLOSURE|CLOSURES|CIERRE|FERMETURE|FECHAMENTO OF|DE|DU|DEL|DES|DO|DA")
        > 0;
    for (size_t k = at + 1; is_noun && k < at + 6 && k < d->token_count; k++) {
        if ((v->kinds[k] & nouns) != 0)
            return v->kinds[k] & nouns;
    }
    for (size_t k = at; k-- > start && at - k < 60;) {
        if ((v->kinds[k] & nouns) != 0)
            return v->kinds[k] & nouns;
    }
    for (size_t k = at + 1; k < at + 5 && k < d->token_count; k++) {
        if ((v->kinds[k] & nouns) != 0)
            return v->kinds[k] & nouns;
    }
    return 0;
}
