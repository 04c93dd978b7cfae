/* SPDX-License-Identifier: CC0-1.0 */
// strtok keeps what is left between two calls; strtok_r and strings.h beside it.
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <strings.h>

int main(void)
{
    char line[] = ",one,,two three,";
    char *rest;

    for (char *t = strtok(line, ", "); t != NULL; t = strtok(NULL, ", "))
        printf("<%s>", t);
    puts(""); // expect: <one><two><three>
    printf("%d %d\n", line[0] == ',', line[4] == '\0'); // expect: 1 1
    char other[] = "a=1";
    char *key = strtok_r(other, "=", &rest);
    printf("%s %s\n", key, rest); // expect: a 1
    printf("%d\n", strtok(NULL, ",") == NULL); // expect: 1
    printf("%d %d\n", strcasecmp("HeLLo", "hEllO"), strncasecmp("abX", "ABy", 2)); // expect: 0 0
    printf("%d\n", strcasecmp("apple", "Banana") < 0); // expect: 1
    return 0;
}
