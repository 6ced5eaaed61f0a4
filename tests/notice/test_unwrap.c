/* SPDX-License-Identifier: Apache-2.0 */
/* One notice, carried in every way that damages text: each must read as the plain one does. */
#include "describe.h"

static const char plain[] =
    "A0123/26 NOTAMR A0100/26\n"
    "Q) LPPC/QRPCA/IV/NBO/W/000/245/3836N00959W025\n"
    "A) LPPC B) 2601010600 C) 2601020600\n"
    "D) 0600-1200\n"
    "E) PROHIBITED AREA ACT WI 5NM RADIUS OF 3836N00959W. SEE (A) AND B) OF AIP.\n"
    "F) SFC G) FL245\n"
    "CREATED: 20 SEP 2025 00:12\n"
    "SOURCE: LPPPYNYX\n";

typedef void (*carrier)(line *out, const char *text);

static void put_byte(line *out, char c)
{
    assert_true(out->len + 1 < sizeof(out->text));
    out->text[out->len++] = c;
}

static void each(line *out, const char *text, char what, const char *with)
{
    for (; *text != '\0'; text++) {
        if (*text == what)
            put(out, "%s", with);
        else
            put_byte(out, *text);
    }
}

static void bytes_order_mark(line *out, const char *text)
{
    put(out, "\xEF\xBB\xBF%s", text);
}

static void utf16_little(line *out, const char *text)
{
    put(out, "\xFF\xFE");
    for (; *text != '\0'; text++) {
        put_byte(out, *text);
        put_byte(out, '\0');
    }
}

static void utf16_big(line *out, const char *text)
{
    for (; *text != '\0'; text++) {
        put_byte(out, '\0');
        put_byte(out, *text);
    }
}

static void returns(line *out, const char *text)
{
    each(out, text, '\n', "\r");
}

static void returns_and_feeds(line *out, const char *text)
{
    each(out, text, '\n', "\r\n");
}

static void one_line(line *out, const char *text)
{
    each(out, text, '\n', " ");
}

static void tabs(line *out, const char *text)
{
    each(out, text, ' ', "\t");
}

static void hard_blanks(line *out, const char *text)
{
    each(out, text, ' ', "\xC2\xA0");
}

static void named_blanks(line *out, const char *text)
{
    put(out, "<p>");
    each(out, text, ' ', "&nbsp;");
    put(out, "</p>");
}

static void escaped(line *out, const char *text)
{
    put(out, "\"");
    each(out, text, '\n', "\\n");
    put(out, "\"");
}

static void escaped_twice(line *out, const char *text)
{
    each(out, text, '\n', "\\\\r\\\\n");
}

static void page(line *out, const char *text)
{
    put(out, "<html><head><style>p {color: red}</style></head><body><pre>");
    each(out, text, '\n', "<br />");
    put(out, "</pre></body></html>");
}

static void escaped_page(line *out, const char *text)
{
    each(out, text, '\n', "&lt;br&gt;");
}

static void quoted_printable(line *out, const char *text)
{
    put(out, "Content-Transfer-Encoding: quoted-printable\n\n");
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (i % 30 == 29)
            put(out, "=\n");
        if (text[i] == '/')
            put(out, "=2F");
        else
            put_byte(out, text[i]);
    }
}

static void full_width(line *out, const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        bool is_wide = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == ')' || c == '/';
        if (!is_wide) {
            put_byte(out, *text);
            continue;
        }
        unsigned code = 0xFEE0U + c;
        put_byte(out, (char)(0xE0U | code >> 12));
        put_byte(out, (char)(0x80U | (code >> 6 & 0x3FU)));
        put_byte(out, (char)(0x80U | (code & 0x3FU)));
    }
}

static void cyrillic(line *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == 'A' && (text[1] == ')' || text[1] == '0'))
            put(out, "\xD0\x90");
        else if (*text == 'E' && text[1] == ')')
            put(out, "\xD0\x95");
        else
            put_byte(out, *text);
    }
}

static void greek(line *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == 'B' && text[1] == ')')
            put(out, "\xCE\x92");
        else if (*text == 'E' && text[1] == ')')
            put(out, "\xCE\x95");
        else
            put_byte(out, *text);
    }
}

static void small(line *out, const char *text)
{
    for (; *text != '\0'; text++)
        put_byte(out, *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text);
}

static void letter_for_zero(line *out, const char *text)
{
    put(out, "AO123%s", text + 5);
}

static void long_year(line *out, const char *text)
{
    put(out, "A0123/2026%s", text + 8);
}

static struct row {
    const char *name;
    carrier carry;
} rows[] = {
    {"byte order mark", bytes_order_mark},
    {"UTF-16, little end first", utf16_little},
    {"UTF-16, big end first, no mark", utf16_big},
    {"carriage returns alone", returns},
    {"CR LF", returns_and_feeds},
    {"one line", one_line},
    {"tabs", tabs},
    {"hard blanks", hard_blanks},
    {"hard blanks by name", named_blanks},
    {"backslash n in quotes", escaped},
    {"escaped twice", escaped_twice},
    {"page", page},
    {"page, its mark-up escaped", escaped_page},
    {"QUOTED-PRINTABLE", quoted_printable},
    {"full-width", full_width},
    {"Cyrillic letters", cyrillic},
    {"Greek letters", greek},
    {"small letters", small},
    {"letter O in the number", letter_for_zero},
    {"year of four digits", long_year},
};

static void describe(line *out, ovf_str record)
{
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)1 << 24);
    ovf_notice *notices = NULL;
    size_t count = 0;
    assert_int_equal(ovf_notice_read(NULL, record, NULL, &arena, &notices, &count, NULL), OVF_OK);
    put(out, "%zu:", count);
    for (size_t i = 0; i < count; i++) {
        const ovf_notice *n = &notices[i];
        put(out, " %s %s %.*s %s %.*s %.*s %.*s ", ovf_read_status_name(n->status),
            ovf_notice_form_name(n->form), OVF_ARG(n->id), ovf_notice_kind_name(n->kind),
            OVF_ARG(n->refers_to), OVF_ARG(n->locations), OVF_ARG(n->qcode));
        put_time(out, n->valid_from);
        put(out, "-");
        put_time(out, n->valid_until);
        put(out, " %.*s %.*s ", OVF_ARG(n->schedule), OVF_ARG(n->source));
        put_time(out, n->created);
        for (size_t k = 0; k < n->area_count; k++) {
            put(out, " %s ", ovf_shape_name(n->areas[k].shape));
            put_level(out, n->areas[k].lower);
            put(out, "..");
            put_level(out, n->areas[k].upper);
        }
        assert_true(n->raw_span.at + n->raw_span.len <= record.len);
        assert_true(n->span_e.len > 0 && n->span_e.at + n->span_e.len <= record.len);
    }
    ovf_arena_done(&arena);
}

static void reads_as_plain(void **state)
{
    const struct row *row = *state;
    static const char want[] = "1: ok icao A0123/26 replace A0100/26 LPPC QRPCA "
                               "2601010600-2601020600 0600-1200 LPPPYNYX 2509200012 circle "
                               "SFC..FL24500";
    line record = {0};
    line got = {0};
    row->carry(&record, plain);
    describe(&got, (ovf_str){record.text, record.len});
    assert_string_equal(got.text, want);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, reads_as_plain, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("notice_unwrap", tests, OVF_COUNTOF(tests), NULL, NULL);
}
