/* SPDX-License-Identifier: Apache-2.0 */
/* Aircraft types as timetables write them (IATA SSIM Manual, appendix A: three characters) to the
 * designators of ICAO Doc 8643. A row is made of general knowledge of both lists, and only where the
 * one code means the one designator; a code of a family ("737": any of them; "E75", whose wings have
 * two designators) has none, and is kept as written. */
#include "timetable.h"

#include <string.h>

/* Sorted by the first. */
static const struct {
    char iata[4];
    char icao[5]; /* empty: several */
} types[] = {
    {"100", "F100"}, {"141", "B461"}, {"142", "B462"}, {"143", "B463"}, {"146", ""},
    {"220", ""},     {"221", "BCS1"}, {"223", "BCS3"}, {"275", "E275"}, {"290", "E290"},
    {"295", "E295"}, {"310", "A310"}, {"312", "A310"}, {"313", "A310"}, {"318", "A318"},
    {"319", "A319"}, {"31A", "A318"}, {"31B", "A319"}, {"31F", "A310"}, {"31N", "A19N"},
    {"31X", "A310"}, {"31Y", "A310"}, {"320", "A320"}, {"321", "A321"}, {"32A", "A320"},
    {"32B", "A321"}, {"32N", "A20N"}, {"32Q", "A21N"}, {"32S", ""},     {"330", ""},
    {"332", "A332"}, {"333", "A333"}, {"338", "A338"}, {"339", "A339"}, {"33F", ""},
    {"33X", "A332"}, {"340", ""},     {"342", "A342"}, {"343", "A343"}, {"345", "A345"},
    {"346", "A346"}, {"350", ""},     {"351", "A35K"}, {"359", "A359"}, {"380", "A388"},
    {"388", "A388"}, {"703", "B703"}, {"707", ""},     {"712", "B712"}, {"717", "B712"},
    {"721", "B721"}, {"722", "B722"}, {"727", ""},     {"731", "B731"}, {"732", "B732"},
    {"733", "B733"}, {"734", "B734"}, {"735", "B735"}, {"736", "B736"}, {"737", ""},
    {"738", "B738"}, {"739", "B739"}, {"73C", "B733"}, {"73E", "B735"}, {"73F", ""},
    {"73G", "B737"}, {"73H", "B738"}, {"73J", "B739"}, {"73M", ""},     {"73P", "B734"},
    {"73W", "B737"}, {"73X", "B732"}, {"73Y", "B733"}, {"741", "B741"}, {"742", "B742"},
    {"743", "B743"}, {"744", "B744"}, {"747", ""},     {"748", "B748"}, {"74C", ""},
    {"74D", ""},     {"74E", "B744"}, {"74F", ""},     {"74H", "B748"}, {"74L", "B74S"},
    {"74M", ""},     {"74N", "B748"}, {"74R", "B74R"}, {"74X", "B742"}, {"74Y", "B744"},
    {"752", "B752"}, {"753", "B753"}, {"757", ""},     {"75F", "B752"}, {"75T", "B753"},
    {"75W", "B752"}, {"762", "B762"}, {"763", "B763"}, {"764", "B764"}, {"767", ""},
    {"76F", ""},     {"76W", "B763"}, {"76X", "B762"}, {"76Y", "B763"}, {"772", "B772"},
    {"773", "B773"}, {"777", ""},     {"778", "B778"}, {"779", "B779"}, {"77F", ""},
    {"77L", "B77L"}, {"77W", "B77W"}, {"77X", "B77L"}, {"781", "B78X"}, {"787", ""},
    {"788", "B788"}, {"789", "B789"}, {"7M7", "B37M"}, {"7M8", "B38M"}, {"7M9", "B39M"},
    {"7MJ", "B3XM"}, {"7S8", "B738"}, {"919", "C919"}, {"A22", ""},     {"A26", "AN26"},
    {"A32", "AN32"}, {"A40", "A140"}, {"A4F", "A124"}, {"A58", "A158"}, {"A5F", "A225"},
    {"A81", "A148"}, {"AB3", "A30B"}, {"AB4", "A30B"}, {"AB6", "A306"}, {"ABB", "A3ST"},
    {"ABY", "A306"}, {"AN4", "AN24"}, {"AN6", ""},     {"ANF", "AN12"}, {"AR1", "RJ1H"},
    {"AR7", "RJ70"}, {"AR8", "RJ85"}, {"ARJ", ""},     {"AT4", "AT43"}, {"AT5", "AT45"},
    {"AT7", ""},     {"ATD", "AT44"}, {"ATR", ""},     {"BE1", "B190"}, {"BEC", ""},
    {"BEH", "B190"}, {"BET", ""},     {"CCJ", ""},     {"CNA", ""},     {"CNJ", ""},
    {"CR1", "CRJ1"}, {"CR2", "CRJ2"}, {"CR7", "CRJ7"}, {"CR9", "CRJ9"}, {"CRJ", ""},
    {"CRK", "CRJX"}, {"CS1", "BCS1"}, {"CS3", "BCS3"}, {"CS5", "CN35"}, {"D10", "DC10"},
    {"D11", "DC10"}, {"D1C", "DC10"}, {"D1F", "DC10"}, {"D1M", "DC10"}, {"D1X", "DC10"},
    {"D1Y", "DC10"}, {"D28", "D228"}, {"D38", "D328"}, {"D8F", ""},     {"D91", "DC91"},
    {"D92", "DC92"}, {"D93", "DC93"}, {"D94", "DC94"}, {"D95", "DC95"}, {"D9F", ""},
    {"DC3", "DC3"},  {"DC8", ""},     {"DC9", ""},     {"DF2", ""},     {"DFL", ""},
    {"DH1", "DH8A"}, {"DH2", "DH8B"}, {"DH3", "DH8C"}, {"DH4", "DH8D"}, {"DH7", "DHC7"},
    {"DH8", ""},     {"DHP", ""},     {"DHT", "DHC6"}, {"E70", "E170"}, {"E75", ""},
    {"E7W", "E75L"}, {"E90", "E190"}, {"E95", "E195"}, {"EM2", "E120"}, {"EMB", "E110"},
    {"EMJ", ""},     {"ER3", "E135"}, {"ER4", "E145"}, {"ERJ", ""},     {"F21", "F28"},
    {"F22", "F28"},  {"F23", "F28"},  {"F24", "F28"},  {"F27", "F27"},  {"F28", ""},
    {"F50", "F50"},  {"F70", "F70"},  {"FRJ", "J328"}, {"GRJ", ""},     {"GRS", ""},
    {"I14", "I114"}, {"IL6", "IL62"}, {"IL7", "IL76"}, {"IL8", "IL18"}, {"IL9", "IL96"},
    {"ILW", "IL86"}, {"J31", "JS31"}, {"J32", "JS32"}, {"J41", "JS41"}, {"L10", "L101"},
    {"L11", "L101"}, {"L15", "L101"}, {"L1F", "L101"}, {"L4T", "L410"}, {"LOH", "C130"},
    {"LRJ", ""},     {"M11", "MD11"}, {"M1F", "MD11"}, {"M1M", "MD11"}, {"M80", ""},
    {"M81", "MD81"}, {"M82", "MD82"}, {"M83", "MD83"}, {"M87", "MD87"}, {"M88", "MD88"},
    {"M90", "MD90"}, {"PAG", ""},     {"PL2", "PC12"}, {"S20", "SB20"}, {"SF3", "SF34"},
    {"SH3", "SH33"}, {"SH6", "SH36"}, {"SU9", "SU95"}, {"SWM", ""},     {"T20", "T204"},
    {"TU3", "T134"}, {"TU5", "T154"}, {"YK2", "YK42"}, {"YK4", "YK40"},
};

timetable_type timetable_type_of(ovf_str text, ovf_str *icao)
{
    char code[4] = "";
    if (text.len != 3)
        return TIMETABLE_TYPE_OTHER;
    for (size_t i = 0; i < 3; i++)
        code[i] = text.ptr[i] >= 'a' && text.ptr[i] <= 'z' ? (char)(text.ptr[i] - 'a' + 'A')
                                                           : text.ptr[i];
    size_t low = 0;
    size_t high = OVF_COUNTOF(types);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (memcmp(types[middle].iata, code, sizeof(code)) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == OVF_COUNTOF(types) || memcmp(types[low].iata, code, sizeof(code)) != 0)
        return TIMETABLE_TYPE_OTHER;
    *icao = ovf_str_of(types[low].icao);
    return icao->len > 0 ? TIMETABLE_TYPE_ONE : TIMETABLE_TYPE_SEVERAL;
}
