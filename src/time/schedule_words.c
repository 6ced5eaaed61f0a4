/* SPDX-License-Identifier: Apache-2.0 */
/* The words of item D: those of Doc 10066 App. 3 and Doc 8400, and those that States write instead,
 * in English, French, Spanish, Portuguese, Italian and Turkish abbreviations. */
#include "time_internal.h"

#define NOISE OVF_LEX_NOISE
/* Marks a weekday that is not English: beside it MAR is a Tuesday (martes, mardi, martedi). */
#define ROMANCE 1
#define WORD(text, kind, value, extra)                   \
    {                                                    \
        text, sizeof(text) - 1, (kind), (value), (extra) \
    }

/* By their first letter. Unknown are those that only figures give a meaning (schedule_figures.c); MAR is a month, whatever weekday it may be as well (schedule_settle.c). */
static const ovf_schedule_word zero_words[] = {
    WORD("0CT", OVF_LEX_MONTH, 10, 0),
    WORD("0N", OVF_LEX_ON, 0, 0),
};
static const ovf_schedule_word a_words[] = {
    WORD("APR", OVF_LEX_MONTH, 4, 0),
    WORD("AUG", OVF_LEX_MONTH, 8, 0),
    WORD("APRIL", OVF_LEX_MONTH, 4, 0),
    WORD("AUGUST", OVF_LEX_MONTH, 8, 0),
    WORD("ABR", OVF_LEX_MONTH, 4, 0),
    WORD("AGO", OVF_LEX_MONTH, 8, 0),
    WORD("ABRIL", OVF_LEX_MONTH, 4, 0),
    WORD("AGOSTO", OVF_LEX_MONTH, 8, 0),
    WORD("AVR", OVF_LEX_MONTH, 4, 0),
    WORD("AOU", OVF_LEX_MONTH, 8, 0),
    WORD("AOUT", OVF_LEX_MONTH, 8, 0),
    WORD("AVRIL", OVF_LEX_MONTH, 4, 0),
    WORD("AGU", OVF_LEX_MONTH, 8, 0),
    WORD("AREA", OVF_LEX_LABEL, 0, 0),
    WORD("ATLERNATE", OVF_LEX_BACKUP, 0, 0),
    WORD("ALTERNATES", OVF_LEX_BACKUP, 0, 0),
    WORD("ALTERNATE", OVF_LEX_BACKUP, 0, 0),
    WORD("ALTERNATIVE", OVF_LEX_BACKUP, 0, 0),
    WORD("ALTN", OVF_LEX_BACKUP, 0, 0),
    WORD("A", OVF_LEX_DASH, 0, 0),
    WORD("AL", OVF_LEX_DASH, 0, 0),
    WORD("AU", OVF_LEX_DASH, 0, 0),
    WORD("AS", OVF_LEX_DASH, 0, 0),
    WORD("ATE", OVF_LEX_DASH, 0, 0),
    WORD("AND", OVF_LEX_AND, 0, 0),
    WORD("ALL", NOISE, 0, 0),
    WORD("ALSO", NOISE, 0, 0),
    WORD("AT", NOISE, 0, 0),
    WORD("ACT", NOISE, 0, 0),
    WORD("ACTIVE", NOISE, 0, 0),
    WORD("AVANT", OVF_LEX_UNKNOWN, 0, 0),
    WORD("ANTES", OVF_LEX_UNKNOWN, 0, 0),
    WORD("AFTER", OVF_LEX_UNKNOWN, 0, 0),
    WORD("APRES", OVF_LEX_UNKNOWN, 0, 0),
};
static const ovf_schedule_word b_words[] = {
    WORD("BACKUP", OVF_LEX_BACKUP, 0, 0),
    WORD("BACKUPS", OVF_LEX_BACKUP, 0, 0),
    WORD("BTN", NOISE, 0, 0),
    WORD("BETWEEN", NOISE, 0, 0),
    WORD("BANK", NOISE, 0, 0),
    WORD("BEFORE", OVF_LEX_UNKNOWN, 0, 0),
};
static const ovf_schedule_word c_words[] = {
    WORD("CONTINGENCY", OVF_LEX_BACKUP, 0, 0),
    WORD("CONT", OVF_LEX_H24, 0, 0),
    WORD("CONTINUOUS", OVF_LEX_H24, 0, 0),
    WORD("CONTINUOUSLY", OVF_LEX_H24, 0, 0),
};
static const ovf_schedule_word d_words[] = {
    WORD("DEC", OVF_LEX_MONTH, 12, 0),
    WORD("DECEMBER", OVF_LEX_MONTH, 12, 0),
    WORD("DIC", OVF_LEX_MONTH, 12, 0),
    WORD("DICIEMBRE", OVF_LEX_MONTH, 12, 0),
    WORD("DEZ", OVF_LEX_MONTH, 12, 0),
    WORD("DEZEMBRO", OVF_LEX_MONTH, 12, 0),
    WORD("DECEMBRE", OVF_LEX_MONTH, 12, 0),
    WORD("DOM", OVF_LEX_DOW, 0, ROMANCE),
    WORD("DIM", OVF_LEX_DOW, 0, ROMANCE),
    WORD("DOMINGO", OVF_LEX_DOW, 0, ROMANCE),
    WORD("DOMINGOS", OVF_LEX_DOW, 0, ROMANCE),
    WORD("DIMANCHE", OVF_LEX_DOW, 0, ROMANCE),
    WORD("DAILY", OVF_LEX_DAILY, 0, 0),
    WORD("DLY", OVF_LEX_DAILY, 0, 0),
    WORD("DALY", OVF_LEX_DAILY, 0, 0),
    WORD("DAYLY", OVF_LEX_DAILY, 0, 0),
    WORD("DAYLI", OVF_LEX_DAILY, 0, 0),
    WORD("DIARIO", OVF_LEX_DAILY, 0, 0),
    WORD("DIARIAMENTE", OVF_LEX_DAILY, 0, 0),
    WORD("DIAS", OVF_LEX_DAILY, 0, 0),
    WORD("DAYLIGHT", OVF_LEX_HJ, 0, 0),
    WORD("DAYTIME", OVF_LEX_HJ, 0, 0),
    WORD("DAY", NOISE, 0, 0),
    WORD("DAYS", NOISE, 0, 0),
    WORD("DE", NOISE, 0, 0),
    WORD("DEL", NOISE, 0, 0),
    WORD("DU", NOISE, 0, 0),
    WORD("DAS", NOISE, 0, 0),
    WORD("DRG", NOISE, 0, 0),
    WORD("DURING", NOISE, 0, 0),
    WORD("DATE", NOISE, 0, 0),
    WORD("DATES", NOISE, 0, 0),
    WORD("DESPUES", OVF_LEX_UNKNOWN, 0, 0),
    WORD("DEPOIS", OVF_LEX_UNKNOWN, 0, 0),
};
static const ovf_schedule_word e_words[] = {
    WORD("ENE", OVF_LEX_MONTH, 1, 0),
    WORD("ENERO", OVF_LEX_MONTH, 1, 0),
    WORD("EYL", OVF_LEX_MONTH, 9, 0),
    WORD("EKI", OVF_LEX_MONTH, 10, 0),
    WORD("EVERYDAY", OVF_LEX_DAILY, 0, 0),
    WORD("E", OVF_LEX_AND, 0, 0),
    WORD("ET", OVF_LEX_AND, 0, 0),
    WORD("EXC", OVF_LEX_EXCEPT, 0, 0),
    WORD("EXCEPT", OVF_LEX_EXCEPT, 0, 0),
    WORD("EXCPT", OVF_LEX_EXCEPT, 0, 0),
    WORD("EXCP", OVF_LEX_EXCEPT, 0, 0),
    WORD("EXCLUDING", OVF_LEX_EXCEPT, 0, 0),
    WORD("EXCLUDED", OVF_LEX_EXCEPT, 0, 0),
    WORD("EXCL", OVF_LEX_EXCEPT, 0, 0),
    WORD("EXCEPTO", OVF_LEX_EXCEPT, 0, 0),
    WORD("EXCETO", OVF_LEX_EXCEPT, 0, 0),
    WORD("EV", NOISE, 0, 0),
    WORD("EVERY", NOISE, 0, 0),
    WORD("EACH", NOISE, 0, 0),
    WORD("ENTRE", NOISE, 0, 0),
};
static const ovf_schedule_word f_words[] = {
    WORD("FEB", OVF_LEX_MONTH, 2, 0),
    WORD("FEBRUARY", OVF_LEX_MONTH, 2, 0),
    WORD("FEBRERO", OVF_LEX_MONTH, 2, 0),
    WORD("FEV", OVF_LEX_MONTH, 2, 0),
    WORD("FEVEREIRO", OVF_LEX_MONTH, 2, 0),
    WORD("FEVRIER", OVF_LEX_MONTH, 2, 0),
    WORD("FRI", OVF_LEX_DOW, 5, 0),
    WORD("FRIS", OVF_LEX_DOW, 5, 0),
    WORD("FRIDAY", OVF_LEX_DOW, 5, 0),
    WORD("FRIDAYS", OVF_LEX_DOW, 5, 0),
    WORD("FER", OVF_LEX_HOLIDAY, 0, 0),
    WORD("FERIES", OVF_LEX_HOLIDAY, 0, 0),
    WORD("FERIE", OVF_LEX_HOLIDAY, 0, 0),
    WORD("FERIADO", OVF_LEX_HOLIDAY, 0, 0),
    WORD("FERIADOS", OVF_LEX_HOLIDAY, 0, 0),
    WORD("FESTIVOS", OVF_LEX_HOLIDAY, 0, 0),
    WORD("FESTIVI", OVF_LEX_HOLIDAY, 0, 0),
    WORD("FIRST", OVF_LEX_ORDINAL, 1, 0),
    WORD("FOURTH", OVF_LEX_ORDINAL, 4, 0),
    WORD("FIFTH", OVF_LEX_ORDINAL, 5, 0),
    WORD("FM", NOISE, 0, 0),
    WORD("FROM", NOISE, 0, 0),
    WORD("FLW", NOISE, 0, 0),
    WORD("FLWG", NOISE, 0, 0),
    WORD("FOLLOWING", NOISE, 0, 0),
};
static const ovf_schedule_word g_words[] = {
    WORD("GEN", OVF_LEX_MONTH, 1, 0),
    WORD("GIU", OVF_LEX_MONTH, 6, 0),
    WORD("GMT", OVF_LEX_ZONE, 0, 0),
    WORD("GIO", OVF_LEX_DOW, 4, ROMANCE),
};
static const ovf_schedule_word h_words[] = {
    WORD("HAZ", OVF_LEX_MONTH, 6, 0),
    WORD("HOL", OVF_LEX_HOLIDAY, 0, 0),
    WORD("HOLS", OVF_LEX_HOLIDAY, 0, 0),
    WORD("HOLIDAYS", OVF_LEX_HOLIDAY, 0, 0),
    WORD("HOLIDAY", OVF_LEX_HOLIDAY, 0, 0),
    WORD("HJ", OVF_LEX_HJ, 0, 0),
    WORD("HN", OVF_LEX_HN, 0, 0),
    WORD("HX", OVF_LEX_HX, 0, 0),
    WORD("HO", OVF_LEX_HX, 0, 0),
    WORD("HS", OVF_LEX_HX, 0, 0),
    WORD("HASTA", OVF_LEX_DASH, 0, 0),
    WORD("HR", NOISE, 0, 0),
    WORD("HRS", NOISE, 0, 0),
    WORD("HOUR", NOISE, 0, 0),
    WORD("HOURS", NOISE, 0, 0),
    WORD("H", NOISE, 0, 0),
};
static const ovf_schedule_word i_words[] = {
    WORD("IN", NOISE, 0, 0),
};
static const ovf_schedule_word j_words[] = {
    WORD("JAN", OVF_LEX_MONTH, 1, 0),       WORD("JUN", OVF_LEX_MONTH, 6, 0),
    WORD("JUL", OVF_LEX_MONTH, 7, 0),       WORD("JANUARY", OVF_LEX_MONTH, 1, 0),
    WORD("JUNE", OVF_LEX_MONTH, 6, 0),      WORD("JULY", OVF_LEX_MONTH, 7, 0),
    WORD("JUNIO", OVF_LEX_MONTH, 6, 0),     WORD("JULIO", OVF_LEX_MONTH, 7, 0),
    WORD("JANEIRO", OVF_LEX_MONTH, 1, 0),   WORD("JUNHO", OVF_LEX_MONTH, 6, 0),
    WORD("JULHO", OVF_LEX_MONTH, 7, 0),     WORD("JUIN", OVF_LEX_MONTH, 6, 0),
    WORD("JUIL", OVF_LEX_MONTH, 7, 0),      WORD("JANVIER", OVF_LEX_MONTH, 1, 0),
    WORD("JUILLET", OVF_LEX_MONTH, 7, 0),   WORD("JUE", OVF_LEX_DOW, 4, ROMANCE),
    WORD("JEU", OVF_LEX_DOW, 4, ROMANCE),   WORD("JUEVES", OVF_LEX_DOW, 4, ROMANCE),
    WORD("JEUDI", OVF_LEX_DOW, 4, ROMANCE), WORD("JOURS", OVF_LEX_DAILY, 0, 0),
    WORD("JF", OVF_LEX_HOLIDAY, 0, 0),      WORD("JUSQUE", OVF_LEX_DASH, 0, 0),
};
static const ovf_schedule_word k_words[] = {
    WORD("KAS", OVF_LEX_MONTH, 11, 0),
};
static const ovf_schedule_word l_words[] = {
    WORD("LUG", OVF_LEX_MONTH, 7, 0),
    WORD("LUN", OVF_LEX_DOW, 1, ROMANCE),
    WORD("LUNES", OVF_LEX_DOW, 1, ROMANCE),
    WORD("LUNDI", OVF_LEX_DOW, 1, ROMANCE),
    WORD("LH", OVF_LEX_HOLIDAY, 0, 0),
    WORD("LAST", OVF_LEX_ORDINAL, 6, 0),
    WORD("LT", OVF_LEX_LOCAL, 0, 0),
    WORD("LOCAL", OVF_LEX_LOCAL, 0, 0),
    WORD("LCL", OVF_LEX_LOCAL, 0, 0),
    WORD("LMT", OVF_LEX_LOCAL, 0, 0),
    WORD("LGL", NOISE, 0, 0),
    WORD("LEGAL", NOISE, 0, 0),
    WORD("LES", NOISE, 0, 0),
    WORD("LOS", NOISE, 0, 0),
};
static const ovf_schedule_word m_words[] = {
    WORD("MAR", OVF_LEX_MONTH, 3, 0),
    WORD("MAY", OVF_LEX_MONTH, 5, 0),
    WORD("MARCH", OVF_LEX_MONTH, 3, 0),
    WORD("MARZO", OVF_LEX_MONTH, 3, 0),
    WORD("MAYO", OVF_LEX_MONTH, 5, 0),
    WORD("MAI", OVF_LEX_MONTH, 5, 0),
    WORD("MARCO", OVF_LEX_MONTH, 3, 0),
    WORD("MAIO", OVF_LEX_MONTH, 5, 0),
    WORD("MARS", OVF_LEX_MONTH, 3, 0),
    WORD("MAG", OVF_LEX_MONTH, 5, 0),
    WORD("MART", OVF_LEX_MONTH, 3, 0),
    WORD("MAIN", OVF_LEX_BACKUP, 0, 0),
    WORD("MON", OVF_LEX_DOW, 1, 0),
    WORD("MONS", OVF_LEX_DOW, 1, 0),
    WORD("MONDAY", OVF_LEX_DOW, 1, 0),
    WORD("MONDAYS", OVF_LEX_DOW, 1, 0),
    WORD("MIE", OVF_LEX_DOW, 3, ROMANCE),
    WORD("MIER", OVF_LEX_DOW, 3, ROMANCE),
    WORD("MER", OVF_LEX_DOW, 3, ROMANCE),
    WORD("MARTES", OVF_LEX_DOW, 2, ROMANCE),
    WORD("MIERCOLES", OVF_LEX_DOW, 3, ROMANCE),
    WORD("MARDI", OVF_LEX_DOW, 2, ROMANCE),
    WORD("MERCREDI", OVF_LEX_DOW, 3, ROMANCE),
    WORD("MONTH", NOISE, 0, 0),
    WORD("MINUTE", OVF_LEX_UNKNOWN, 0, 0),
    WORD("MINUTES", OVF_LEX_UNKNOWN, 0, 0),
    WORD("MINUS", OVF_LEX_UNKNOWN, 0, 0),
};
static const ovf_schedule_word n_words[] = {
    WORD("NOV", OVF_LEX_MONTH, 11, 0),
    WORD("NOVEMBER", OVF_LEX_MONTH, 11, 0),
    WORD("N0V", OVF_LEX_MONTH, 11, 0),
    WORD("NOVIEMBRE", OVF_LEX_MONTH, 11, 0),
    WORD("NOVEMBRO", OVF_LEX_MONTH, 11, 0),
    WORD("NOVEMBRE", OVF_LEX_MONTH, 11, 0),
    WORD("NIS", OVF_LEX_MONTH, 4, 0),
    WORD("NIGHTTIME", OVF_LEX_HN, 0, 0),
    WORD("NEXT", NOISE, 0, 0),
    WORD("NATIONAL", NOISE, 0, 0),
};
static const ovf_schedule_word o_words[] = {
    WORD("OCT", OVF_LEX_MONTH, 10, 0),
    WORD("OCTOBER", OVF_LEX_MONTH, 10, 0),
    WORD("OCTUBRE", OVF_LEX_MONTH, 10, 0),
    WORD("OUT", OVF_LEX_MONTH, 10, 0),
    WORD("OUTUBRO", OVF_LEX_MONTH, 10, 0),
    WORD("OCTOBRE", OVF_LEX_MONTH, 10, 0),
    WORD("OTT", OVF_LEX_MONTH, 10, 0),
    WORD("OKT", OVF_LEX_MONTH, 10, 0),
    WORD("OPTION", OVF_LEX_LABEL, 0, 0),
    WORD("ON", OVF_LEX_ON, 0, 0),
    WORD("OF", NOISE, 0, 0),
    WORD("OS", NOISE, 0, 0),
};
static const ovf_schedule_word p_words[] = {
    WORD("PHASE", OVF_LEX_LABEL, 0, 0),    WORD("PART", OVF_LEX_LABEL, 0, 0),
    WORD("PRIMARY", OVF_LEX_BACKUP, 0, 0), WORD("PH", OVF_LEX_HOLIDAY, 0, 0),
    WORD("PUBLIC", NOISE, 0, 0),           WORD("PERIOD", NOISE, 0, 0),
    WORD("PERIODS", NOISE, 0, 0),          WORD("PRIOR", OVF_LEX_UNKNOWN, 0, 0),
};
static const ovf_schedule_word q_words[] = {
    WORD("QUA", OVF_LEX_DOW, 3, ROMANCE),
    WORD("QUI", OVF_LEX_DOW, 4, ROMANCE),
    WORD("QUOTIDIEN", OVF_LEX_DAILY, 0, 0),
};
static const ovf_schedule_word r_words[] = {
    WORD("RESERVE", OVF_LEX_BACKUP, 0, 0),
    WORD("RESERVED", OVF_LEX_BACKUP, 0, 0),
};
static const ovf_schedule_word s_words[] = {
    WORD("SEP", OVF_LEX_MONTH, 9, 0),        WORD("SEPTEMBER", OVF_LEX_MONTH, 9, 0),
    WORD("SEPT", OVF_LEX_MONTH, 9, 0),       WORD("SEPTIEMBRE", OVF_LEX_MONTH, 9, 0),
    WORD("SET", OVF_LEX_MONTH, 9, 0),        WORD("SETEMBRO", OVF_LEX_MONTH, 9, 0),
    WORD("SEPTEMBRE", OVF_LEX_MONTH, 9, 0),  WORD("STAGE", OVF_LEX_LABEL, 0, 0),
    WORD("SECTOR", OVF_LEX_LABEL, 0, 0),     WORD("SLOT", OVF_LEX_LABEL, 0, 0),
    WORD("SAT", OVF_LEX_DOW, 6, 0),          WORD("SUN", OVF_LEX_DOW, 0, 0),
    WORD("SATS", OVF_LEX_DOW, 6, 0),         WORD("SUNS", OVF_LEX_DOW, 0, 0),
    WORD("SATURDAY", OVF_LEX_DOW, 6, 0),     WORD("SUNDAY", OVF_LEX_DOW, 0, 0),
    WORD("SATURDAYS", OVF_LEX_DOW, 6, 0),    WORD("SUNDAYS", OVF_LEX_DOW, 0, 0),
    WORD("SAB", OVF_LEX_DOW, 6, ROMANCE),    WORD("SAM", OVF_LEX_DOW, 6, ROMANCE),
    WORD("SEG", OVF_LEX_DOW, 1, ROMANCE),    WORD("SEX", OVF_LEX_DOW, 5, ROMANCE),
    WORD("SABADO", OVF_LEX_DOW, 6, ROMANCE), WORD("SABADOS", OVF_LEX_DOW, 6, ROMANCE),
    WORD("SAMEDI", OVF_LEX_DOW, 6, ROMANCE), WORD("SR", OVF_LEX_RISE, 0, 0),
    WORD("SS", OVF_LEX_SET, 0, 0),           WORD("SUNRISE", OVF_LEX_RISE, 0, 0),
    WORD("SUNSET", OVF_LEX_SET, 0, 0),       WORD("SALVO", OVF_LEX_EXCEPT, 0, 0),
    WORD("SAUF", OVF_LEX_EXCEPT, 0, 0),      WORD("SECOND", OVF_LEX_ORDINAL, 2, 0),
    WORD("SCHEDULE", NOISE, 0, 0),           WORD("SKED", NOISE, 0, 0),
};
static const ovf_schedule_word t_words[] = {
    WORD("TEM", OVF_LEX_MONTH, 7, 0),
    WORD("TUE", OVF_LEX_DOW, 2, 0),
    WORD("THU", OVF_LEX_DOW, 4, 0),
    WORD("TUES", OVF_LEX_DOW, 2, 0),
    WORD("THR", OVF_LEX_DOW, 4, 0),
    WORD("THUR", OVF_LEX_DOW, 4, 0),
    WORD("THURS", OVF_LEX_DOW, 4, 0),
    WORD("TUESDAY", OVF_LEX_DOW, 2, 0),
    WORD("THURSDAY", OVF_LEX_DOW, 4, 0),
    WORD("TUESDAYS", OVF_LEX_DOW, 2, 0),
    WORD("THURSDAYS", OVF_LEX_DOW, 4, 0),
    WORD("TER", OVF_LEX_DOW, 2, ROMANCE),
    WORD("TLJ", OVF_LEX_DAILY, 0, 0),
    WORD("TO", OVF_LEX_DASH, 0, 0),
    WORD("TILL", OVF_LEX_DASH, 0, 0),
    WORD("TIL", OVF_LEX_DASH, 0, 0),
    WORD("THRU", OVF_LEX_DASH, 0, 0),
    WORD("THROUGH", OVF_LEX_DASH, 0, 0),
    WORD("THEN", OVF_LEX_COMMA, 0, 0),
    WORD("THIRD", OVF_LEX_ORDINAL, 3, 0),
    WORD("THE", NOISE, 0, 0),
    WORD("TOUS", NOISE, 0, 0),
    WORD("TODOS", NOISE, 0, 0),
    WORD("TIME", NOISE, 0, 0),
    WORD("TIMES", NOISE, 0, 0),
};
static const ovf_schedule_word u_words[] = {
    WORD("UTC", OVF_LEX_ZONE, 0, 0),
    WORD("UNTIL", OVF_LEX_DASH, 0, 0),
    WORD("UNTILL", OVF_LEX_DASH, 0, 0),
    WORD("UNTL", OVF_LEX_DASH, 0, 0),
};
static const ovf_schedule_word v_words[] = {
    WORD("VIE", OVF_LEX_DOW, 5, ROMANCE),
    WORD("VEN", OVF_LEX_DOW, 5, ROMANCE),
    WORD("VIERNES", OVF_LEX_DOW, 5, ROMANCE),
    WORD("VENDREDI", OVF_LEX_DOW, 5, ROMANCE),
};
static const ovf_schedule_word w_words[] = {
    WORD("WINDOW", OVF_LEX_LABEL, 0, 0),     WORD("WED", OVF_LEX_DOW, 3, 0),
    WORD("WEDS", OVF_LEX_DOW, 3, 0),         WORD("WEDNESDAY", OVF_LEX_DOW, 3, 0),
    WORD("WEDNESDAYS", OVF_LEX_DOW, 3, 0),   WORD("WEEKDAYS", OVF_LEX_WORKDAYS, 0, 0),
    WORD("WEEKDAY", OVF_LEX_WORKDAYS, 0, 0), WORD("WEEKENDS", OVF_LEX_WEEKEND, 0, 0),
    WORD("WEEKEND", OVF_LEX_WEEKEND, 0, 0),
};
static const ovf_schedule_word y_words[] = {
    WORD("Y", OVF_LEX_AND, 0, 0),
};
static const ovf_schedule_word z_words[] = {
    WORD("ZONE", OVF_LEX_LABEL, 0, 0),
    WORD("Z", NOISE, 0, 0),
};

#define LIST(words)                 \
    {                               \
        (words), OVF_COUNTOF(words) \
    }

static const struct {
    const ovf_schedule_word *words;
    size_t count;
} by_letter[26] = {
    ['A' - 'A'] = LIST(a_words), ['B' - 'A'] = LIST(b_words), ['C' - 'A'] = LIST(c_words),
    ['D' - 'A'] = LIST(d_words), ['E' - 'A'] = LIST(e_words), ['F' - 'A'] = LIST(f_words),
    ['G' - 'A'] = LIST(g_words), ['H' - 'A'] = LIST(h_words), ['I' - 'A'] = LIST(i_words),
    ['J' - 'A'] = LIST(j_words), ['K' - 'A'] = LIST(k_words), ['L' - 'A'] = LIST(l_words),
    ['M' - 'A'] = LIST(m_words), ['N' - 'A'] = LIST(n_words), ['O' - 'A'] = LIST(o_words),
    ['P' - 'A'] = LIST(p_words), ['Q' - 'A'] = LIST(q_words), ['R' - 'A'] = LIST(r_words),
    ['S' - 'A'] = LIST(s_words), ['T' - 'A'] = LIST(t_words), ['U' - 'A'] = LIST(u_words),
    ['V' - 'A'] = LIST(v_words), ['W' - 'A'] = LIST(w_words), ['Y' - 'A'] = LIST(y_words),
    ['Z' - 'A'] = LIST(z_words),
};

const ovf_schedule_word *ovf_schedule_word_find(ovf_str word)
{
    char first = word.len == 0 ? '\0' : ovf_lx_upper(word.ptr[0]);
    const ovf_schedule_word *words = zero_words;
    size_t count = first == '0' ? OVF_COUNTOF(zero_words) : 0;
    if (first >= 'A' && first <= 'Z') {
        words = by_letter[first - 'A'].words;
        count = by_letter[first - 'A'].count;
    }
    for (size_t i = 0; i < count; i++) {
        if (words[i].len != word.len)
            continue;
        size_t k = 1;
        while (k < word.len && words[i].text[k] == ovf_lx_upper(word.ptr[k]))
            k++;
        if (k >= word.len)
            return &words[i];
    }
    return NULL;
}

int ovf_month_of_word(ovf_str word)
{
    const ovf_schedule_word *found =
        word.len < 3 || word.len > 10 ? NULL : ovf_schedule_word_find(word);
    return found == NULL || found->kind != OVF_LEX_MONTH ? 0 : found->value;
}

bool ovf_schedule_knows(ovf_str word)
{
    return ovf_schedule_word_find(word) != NULL;
}
