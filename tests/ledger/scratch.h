/* SPDX-License-Identifier: Apache-2.0 */
/* What the ledger's tests share: a folder of their own, and documents that can be told again from
 * their number alone, so that another process can say what ought to be there. */
#ifndef OVERFLY_TEST_SCRATCH_H
#define OVERFLY_TEST_SCRATCH_H

#include <overfly/ledger.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

typedef struct scratch {
    char folder[64];
    char path[96];
} scratch;

static inline void scratch_init(scratch *s)
{
    // A kill takes a program, not the page cache: files in memory show as much, and nobody waits
    // for a disk. Where there is little room for them they go to the disk.
    struct statvfs room;
    bool has_memory = statvfs("/dev/shm", &room) == 0 && access("/dev/shm", W_OK) == 0
                      && (uint64_t)room.f_bavail * room.f_bsize > (uint64_t)512 << 20;
    snprintf(s->folder, sizeof(s->folder), "%s/ovf-ledger-XXXXXX",
             has_memory ? "/dev/shm" : "/tmp");
    if (mkdtemp(s->folder) == NULL)
        abort();
    snprintf(s->path, sizeof(s->path), "%s/ledger.db", s->folder);
}

static inline void scratch_done(const scratch *s)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < OVF_COUNTOF(endings); i++) {
        char path[128];
        snprintf(path, sizeof(path), "%s%s", s->path, endings[i]);
        unlink(path);
    }
    rmdir(s->folder);
}

#define NUMBERED_MAX_BYTES 200000

/* Document `number`: 1 to 200,000 bytes of a xorshift stream, its number in front. */
static inline ovf_str numbered(uint32_t number, char *room)
{
    uint32_t x = number * 2654435761u + 1;
    size_t len = 16 + (number * 7919u) % (NUMBERED_MAX_BYTES - 16);
    if (number % 12 != 3)
        len = 16 + len % 3000; // most documents are short
    for (size_t i = 0; i < len; i++) {
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        room[i] = (char)x;
    }
    char head[17];
    snprintf(head, sizeof(head), "document %06u ", number);
    memcpy(room, head, 16);
    return (ovf_str){room, len};
}

/* How many facts document `number` is put with. */
static inline size_t numbered_facts(uint32_t number)
{
    return number % 23;
}

static inline ovf_status put_numbered(ovf_ledger *ledger, uint32_t number, char *room, bool *is_new,
                                      ovf_error *err)
{
    ovf_ledger_fact facts[23];
    for (size_t i = 0; i < numbered_facts(number); i++)
        facts[i] = (ovf_ledger_fact){
            .kind = OVF_STR("notice"),
            .id = OVF_STR("A0001/26"),
            .issuer = OVF_STR("KICZ"),
            .valid = {number, OVF_TIME_OPEN},
            .span = {(uint32_t)i, 1},
            .status = OVF_STR("ok"),
        };
    ovf_ledger_entry entry = {
        .name = OVF_STR("numbered"),
        .kind = OVF_DOCUMENT_NOTICES,
        .origin = OVF_STR("made"),
        .known = 1000 + (ovf_time)number,
        .stored = 2000,
        .bytes = numbered(number, room),
    };
    return ovf_ledger_put(ledger, &entry, facts, numbered_facts(number), is_new, err);
}

#endif
