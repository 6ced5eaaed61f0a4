/* SPDX-License-Identifier: Apache-2.0 */
/* An exported ledger out of any bytes. Held: an error lies inside its line; whatever was let in, the
 * ledger is sound; what comes out of it goes into another one, line by line, to the same head. */
#include <overfly/ledger.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool it_holds)
{
    if (!it_holds)
        abort();
}

static void remove_ledger(const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < OVF_COUNTOF(endings); i++) {
        char name[160];
        snprintf(name, sizeof(name), "%s%s", path, endings[i]);
        unlink(name);
    }
}

static ovf_ledger *new_ledger(const char *path)
{
    ovf_ledger *ledger = NULL;
    remove_ledger(path);
    hold(ovf_ledger_open(path, true, &ledger, NULL) == OVF_OK);
    return ledger;
}

static ovf_status pass_on(void *context, ovf_str line)
{
    ovf_error err = {0};
    hold(ovf_ledger_import_line(context, line, &err) == OVF_OK);
    return OVF_OK;
}

static void check(ovf_ledger *ledger, const char *path)
{
    ovf_ledger_report report;
    ovf_ledger_info info;
    hold(ovf_ledger_audit(ledger, OVF_STR(""), &report, NULL) == OVF_OK);
    hold(report.damage == OVF_LEDGER_SOUND);
    hold(ovf_ledger_info_read(ledger, &info, NULL) == OVF_OK);
    ovf_ledger *other = new_ledger(path);
    ovf_ledger_import *import = NULL;
    uint64_t added = 0;
    uint64_t known = 0;
    hold(ovf_ledger_import_new(other, &import, NULL) == OVF_OK);
    hold(ovf_ledger_export(ledger, pass_on, import, NULL) == OVF_OK);
    hold(ovf_ledger_import_finish(import, &added, &known, NULL) == OVF_OK);
    hold(added == info.entries);
    ovf_ledger_import_free(import);
    ovf_ledger_free(other);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char one[64];
    char two[64];
    snprintf(one, sizeof(one), "/tmp/ovf-fuzz-ledger-%d-a", (int)getpid());
    snprintf(two, sizeof(two), "/tmp/ovf-fuzz-ledger-%d-b", (int)getpid());
    ovf_ledger *ledger = new_ledger(one);
    ovf_ledger_import *import = NULL;
    hold(ovf_ledger_import_new(ledger, &import, NULL) == OVF_OK);
    ovf_str rest = {(const char *)data, size};
    ovf_str line = {0};
    uint64_t added = 0;
    uint64_t known = 0;
    bool went_well = true;
    // As the program does it: the first line that is refused ends the import.
    while (went_well && ovf_str_line(&rest, &line)) {
        ovf_error err = {.pos = 0};
        went_well = ovf_ledger_import_line(import, line, &err) == OVF_OK;
        hold(went_well || err.reason[0] != '\0');
        hold(went_well || err.pos == OVF_NOPOS || err.pos <= line.len);
    }
    (void)!ovf_ledger_import_finish(import, &added, &known, NULL);
    ovf_ledger_import_free(import);
    check(ledger, two);
    ovf_ledger_free(ledger);
    remove_ledger(one);
    remove_ledger(two);
    return 0;
}
