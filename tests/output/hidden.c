/* hidden - a library that is no plugin: it shows no entry. */
int hidden_answer(void);
int hidden_answer(void)
{
    return 42;
}
