#error stop here  // error[user-error]
int main(void) { return 0; }
// gcc: 1:2: error: #error stop here
// gcc: 1 | #error stop here
