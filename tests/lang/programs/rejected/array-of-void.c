void a[3];  // error[incomplete-type]
int main(void) { return 0; }
// gcc: 1:6: error: declaration of ‘a’ as array of voids
