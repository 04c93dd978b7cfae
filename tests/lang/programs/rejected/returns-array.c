int f(void)[3];  // error[bad-function]
int main(void) { return 0; }
// gcc: 1:5: error: ‘f’ declared as function returning an array
