#include <stdio.h>

int main(void) {
    puts("Hello from a single file.");
    return 0;
}
