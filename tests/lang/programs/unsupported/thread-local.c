static _Thread_local int x;  // error[unsupported]
int main(void) { return x; }
