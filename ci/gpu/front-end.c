/* Calls the OpenCL C compiler of NVIDIA's driver, which needs no GPU: text to PTX. usage: front-end LIBRARY TEXT PTX OPTIONS */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int (*compiler)(const char **texts, unsigned count, const size_t *lengths, const char *options, char **log, char **ptx);

static int fail(const char *what) {
    fprintf(stderr, "error: %s\n", what);
    return 3;
}

int main(int count, char **arguments) {
    if (count != 5) {
        return fail("four arguments are needed");
    }
    void *library = dlopen(arguments[1], RTLD_NOW);
    if (!library) {
        return fail(dlerror());
    }
    compiler compile = (compiler) dlsym(library, "NvCliCompileProgram");
    if (!compile) {
        return fail("the library does not have NvCliCompileProgram");
    }
    FILE *in = fopen(arguments[2], "rb");
    if (!in || fseek(in, 0, SEEK_END)) {
        return fail("the text cannot be read");
    }
    size_t length = ftell(in);
    rewind(in);
    char *text = calloc(1, length + 1);
    if (!text || fread(text, 1, length, in) != length) {
        return fail("the text cannot be read");
    }
    fclose(in);
    const char *texts[] = {text};
    char *log = NULL, *ptx = NULL;
    int code = compile(texts, 1, &length, arguments[4], &log, &ptx);
    if (log) {
        fputs(log, stderr);
    }
    if (code || !ptx) {
        return 1;
    }
    FILE *out = fopen(arguments[3], "wb");
    if (!out || fputs(ptx, out) < 0 || fclose(out)) {
        return fail("the PTX cannot be written");
    }
    return 0;
}
