/* SPDX-License-Identifier: Apache-2.0 */
/* make-world [--without-nav] DATA_DIR OUT_FILE: compiles the world file during the build. The same as
 * `overfly world build`, linked with the rooms that it needs alone, so that work on the other
 * rooms does not make the world anew. */
#include <overfly/world.h>

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    ovf_world_build_options options = {
        .without_nav = argc == 4 && strcmp(argv[1], "--without-nav") == 0,
    };
    if (argc != (options.without_nav ? 4 : 3)) {
        fprintf(stderr, "usage: make-world [--without-nav] DATA_DIR OUT_FILE\n");
        return 2;
    }
    const char *data_dir = argv[argc - 2];
    ovf_error err = {0};
    if (ovf_world_build_with(data_dir, argv[argc - 1], &options, &err) == OVF_OK)
        return 0;
    fprintf(stderr, "make-world: %s/%s\n", data_dir, err.reason);
    return 3;
}
