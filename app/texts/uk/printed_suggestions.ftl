# Що друкує командний рядок про запропоновані наративи.
printed-suggestions = { $count ->
    [0] Пропозицій немає: поза наративами немає трьох заяв, які повторюють одна одну.
    [one] { $count } запропонований наратив.
    [few] { $count } запропоновані наративи, спершу найбільші та найсильніші.
   *[many] { $count } запропонованих наративів, спершу найбільші та найсильніші.
}
printed-suggestions-more = { $count ->
    [one] Ще { $count } пропозиція: її покаже --limit.
    [few] Ще { $count } пропозиції: їх покаже --limit.
   *[many] Ще { $count } пропозицій: їх покаже --limit.
}
printed-suggestion-size = { $count ->
    [one] { $count } заява
    [few] { $count } заяви
   *[many] { $count } заяв
}
printed-suggestion-phrase = «{ $text }» (у { $count } з { $of })
printed-suggestion-no-script = Спільних слів немає: вони схожі за змістом.
