// Counts the floating-point operations of one function's forms, accurate and fast: + - * fma and reciprocal, each as one.
//
//   g++ -std=c++17 -DFUNCTION=elu -DPARAMETERS=1 -DHAS_FAST count.cpp -o /tmp/count && /tmp/count
//
// -DPARAMETERS: how many parameters the function has. -DHAS_FAST: count forward_fast and derivative_fast too. Not counted:
// operations on constants and parameters only (they are done once per call), x - 0, negation, comparisons, selects and integer
// operations. The figure before the slash includes the reciprocals, the one after it is their number.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>

typedef uint32_t uint;
static int operations, reciprocals;

struct number {
    float v;
    bool once;                                                                // constant, or made of parameters
    number() : v(0), once(true) {}
    number(float f) : v(f), once(true) {}
    number(float f, bool o) : v(f), once(o) {}
};
static number counted(float v, bool once) {
    operations += !once;
    return number(v, once);
}
static number operator+(number a, number b) { return counted(a.v + b.v, a.once && b.once); }
static number operator-(number a, number b) { return b.once && b.v == 0 ? a : counted(a.v - b.v, a.once && b.once); }
static number operator*(number a, number b) { return counted(a.v * b.v, a.once && b.once); }
static number operator-(number a) { return number(-a.v, a.once); }
static number fma(number a, number b, number c) { return counted(std::fma(a.v, b.v, c.v), a.once && b.once && c.once); }
static number reciprocal(number b) {
    reciprocals += !b.once;
    return counted(1 / b.v, b.once);
}
static bool operator<(number a, number b) { return a.v < b.v; }
static bool operator>(number a, number b) { return a.v > b.v; }
static bool operator<=(number a, number b) { return a.v <= b.v; }
static bool operator>=(number a, number b) { return a.v >= b.v; }
static bool operator==(number a, number b) { return a.v == b.v; }
static bool operator!=(number a, number b) { return a.v != b.v; }
static number as_float(uint u) {
    float f;
    memcpy(&f, &u, sizeof f);
    return number(f, false);
}
static uint as_uint(number x) {
    uint u;
    memcpy(&u, &x.v, sizeof u);
    return u;
}

#define TEXT_(a) #a
#define TEXT(a) TEXT_(a)
#define float number
#include "../../../kernels/lib/math.cl"
#include "../../../kernels/lib/elementary.cl"
#include "../../../kernels/lib/fast.cl"
#include "../../../kernels/lib/normal.cl"
#include TEXT(../../../kernels/FUNCTION.cl)
#undef float

#if PARAMETERS == 0
#define CALL(form) form(x)
#elif PARAMETERS == 1
#define CALL(form) form(x, parameter)
#else
#define CALL(form) form(x, parameter, parameter)
#endif
#define SHOW(form) operations = reciprocals = 0, (void)CALL(form), printf("  %s %d/%d", #form, operations, reciprocals)

int main() {
    number x(-0.4f, false), parameter(1.7f);
    printf("%-12s", TEXT(FUNCTION));
    SHOW(forward);
    SHOW(derivative);
#ifdef HAS_FAST
    SHOW(forward_fast);
    SHOW(derivative_fast);
#endif
    puts("");
}
