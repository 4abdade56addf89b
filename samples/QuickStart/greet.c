// An ordinary C program: reads a file and greets whoever its argument names. Compiled with
//   clang --target=wasm32-wasip1 -Oz -s greet.c -o greet.wasm
#include <stdio.h>

int main(int argc, char **argv) {
    FILE *file = fopen("/data/greeting.txt", "r");
    if (file == NULL) {
        perror("/data/greeting.txt");
        return 1;
    }

    char greeting[100];
    if (fgets(greeting, sizeof greeting, file) == NULL) {
        return 1;
    }

    printf("%s%s!", greeting, argc > 1 ? argv[1] : "nobody");
    return fclose(file);
}
