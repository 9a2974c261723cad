#!/bin/bash
# preview.sh: what each role would be asked, without asking anybody.
. tests/tools/tap.sh

every_role_has_its_own_words_in_order() {
    expect_exit 0 verbond preview menger-monitor --lang nl
    says "$tmp/out" "── client ──"
    says "$tmp/out" "── professional ──"
    says "$tmp/out" "Ik weet waar we samen aan werken."
    says "$tmp/out" "weet waar we samen aan werken."
    grep -oE "^ +[0-9]+  [a-z.]+ \(" "$tmp/out" | tr -d ' (' >"$tmp/ids"
    head -n 2 "$tmp/ids" >"$tmp/first"
    diff - "$tmp/first" <<'IDS'
1direction.goal
2direction.mandate
IDS
    expect_exit 0 verbond preview menger-monitor --role client --lang en
    says_not "$tmp/out" "── professional ──"
    says "$tmp/out" "[5] strongly agree"
}
what_a_question_hangs_on_stands_there_in_words() {
    mkdir "$tmp/mine" && cd "$tmp/mine"
    verbond new instrument proef >/dev/null 2>&1
    expect_exit 0 verbond preview proef --role client --lang en
    grep -A 2 "need.what (text)" "$tmp/out" >"$tmp/part"
    says "$tmp/part" "Only if you said yes at 8."
    says "$tmp/part" "What is needed?"
    grep -A 3 " need (yesno)" "$tmp/out" >"$tmp/part"
    says "$tmp/part" "( ) yes"
    says "$tmp/part" "( ) no"
}
of_a_script_it_says_that_the_order_is_the_flows() {
    mkdir "$tmp/mine" && cd "$tmp/mine"
    verbond new instrument proef --kind scripted >/dev/null 2>&1
    expect_exit 0 verbond preview proef --lang en
    says "$tmp/out" "The flow chooses what is asked"
    says "$tmp/out" "little [0] ├────────────────────┤ [1000] much"
}
what_is_asked_together_and_of_members_says_so() {
    expect_exit 0 verbond preview drawing-dialogue --role client --lang en
    says "$tmp/out" "Together"
    expect_exit 0 verbond preview family-alliance --role professional --lang en
    says "$tmp/out" "bond.attention (likert, of each member)"
}
the_words_are_those_of_a_variant() {
    expect_exit 0 verbond preview arts-therapy --role client --lang nl
    lacks "$tmp/out" '\{[a-z]+\}'
    cp "$tmp/out" "$tmp/first"
    expect_exit 0 verbond preview arts-therapy --role client --lang nl --variant music
    if cmp -s "$tmp/out" "$tmp/first"; then return 1; fi
    expect_exit 4 verbond preview arts-therapy --variant dance
    says "$tmp/err" "no variant dance"
}
nothing_is_stored_and_nobody_is_asked() {
    expect_exit 0 verbond preview menger-monitor
    [ -z "$(ls -A "$HOME")" ]
}
what_is_not_there_is_refused() {
    expect_exit 4 verbond preview menger-monitor --role clint
    says "$tmp/err" "has no role clint; did you mean client?"
    expect_exit 4 verbond preview menger-monitor --lang xx
    says "$tmp/err" "has no language \"xx\"; it has nl, en"
    expect_exit 4 verbond preview no-such-thing
    expect_exit 2 verbond preview
}

run_tests every_role_has_its_own_words_in_order what_a_question_hangs_on_stands_there_in_words \
    of_a_script_it_says_that_the_order_is_the_flows what_is_asked_together_and_of_members_says_so \
    the_words_are_those_of_a_variant \
    nothing_is_stored_and_nobody_is_asked what_is_not_there_is_refused
