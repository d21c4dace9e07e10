#include "search/spoken_key.h"

#include <gtest/gtest.h>

namespace comity::search {

TEST(SpokenKey, a_name_in_either_script_and_by_any_transliteration_has_one_key)
{
    auto const same = [](std::string_view one, std::string_view other) {
        EXPECT_EQ(spoken_key(one), spoken_key(other)) << one << " / " << other;
    };
    same("Стоян Желязков", "Stoyan Zhelyazkov");
    same("Стоян Желязков", "ŽELJAZKOV Stojan");
    same("Цветан Щерев", "Tsvetan Shterev");
    same("Ђорђе Јовановић", "Đorđe Jovanović");
    same("Ђорђе Јовановић", "Djordje Jovanovic");
    same("Љиљана Шушњић", "Ljiljana Šušnjić");
    same("Хаџи Њагул", "Hadzi Njagul");
    same("Șerban Țărean", "SERBAN TAREAN");
    same("Gjergj Çobani", "gjergj  cobani");
    same("Мария-Елена О'Брайън", "O’Braian Maria Elena");
}

TEST(SpokenKey, what_each_language_of_the_region_writes_in_its_own_way_is_one)
{
    auto const same = [](std::string_view one, std::string_view other) {
        EXPECT_EQ(spoken_key(one), spoken_key(other)) << one << " / " << other;
    };
    same("Ana Popescu", "Ана Попеску");
    same("Nicolae Ciobanu", "Николае Чобану");
    same("Gheorghe Lupu", "Георге Лупу");
    same("Marica Cvetković", "Марица Цветковић");
    same("Petrovich", "Петровић");
    same("Enver Hoxha", "Енвер Хоџа");
    same("Enver Hodža", "Енвер Hoxha");
    same("Rexhep Qosja", "Реџеп Ћосја");
    same("Dhimitri", "Димитри");
    same("Kovács Eszter", "Ковач Естер");
    same("Balázs", "Балаж");
    same("Чавдар Мичев", "Chavdar Michev");
}

TEST(SpokenKey, different_names_stay_apart)
{
    EXPECT_NE(spoken_key("Ivan Petrov"), spoken_key("Ivana Petrova"));
    EXPECT_NE(spoken_key("Popescu Ana"), spoken_key("Popescu Ion"));
    EXPECT_NE(spoken_key("Ceban Ion"), spoken_key("Keban Ion"));
}

TEST(SpokenKey, without_a_letter_there_is_no_key)
{
    EXPECT_EQ(spoken_key(""), "");
    EXPECT_EQ(spoken_key(" 12-34 \xFF\xC3"), "");
}

} // namespace comity::search
