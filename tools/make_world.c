/* SPDX-License-Identifier: Apache-2.0 */
/* make-world DATA_DIR OUT_FILE: compiles the world file during the build. The same as
 * `overfly world build`, linked with the rooms that it needs alone, so that work on the other
 * rooms does not make the world anew. */
#include <overfly/world.h>

#include <stdio.h>

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: make-world DATA_DIR OUT_FILE\n");
        return 2;
    }
    ovf_error err = {0};
    if (ovf_world_build(argv[1], argv[2], &err) == OVF_OK)
        return 0;
    fprintf(stderr, "make-world: %s/%s\n", argv[1], err.reason);
    return 3;
}
