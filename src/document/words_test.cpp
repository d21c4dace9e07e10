#include "document/told.h"
#include "document/word.h"
#include "document/words.h"

#include <gtest/gtest.h>

namespace comity::document {

TEST(Words, of_headings_parties_and_members_are_there_in_every_language)
{
    for (auto const* language : { "en", "bg", "es", "ro", "sr", "sq" }) {
        EXPECT_TRUE(speaks(language));
        EXPECT_NE(word_in(language, "timeline"), "timeline");
        EXPECT_NE(word_in(language, "remedy-text"), "remedy-text") << "of letters";
        EXPECT_NE(party_in(language, "RO"), "RO");
        for (auto const* key : { "field.familyName", "kind.vehicle-owner", "purpose.investigation",
                 "message-kind.answer", "state.answered" })
            EXPECT_TRUE(label_in(language, key).has_value()) << language << " " << key;
    }
    EXPECT_FALSE(speaks("fr"));
}

TEST(Words, that_none_has_stand_as_they_are_and_those_of_no_language_in_English)
{
    EXPECT_EQ(word_in("xx", "timeline"), "Timeline");
    EXPECT_EQ(word_in("en", "no such word"), "no such word");
    EXPECT_EQ(party_in("bg", "RO"), "Румъния");
    EXPECT_EQ(party_in("bg", "FR"), "FR") << "no Party";
    EXPECT_EQ(label_in("xx", "field", "plate"), label_in("en", "field", "plate"));
    EXPECT_EQ(label_in("bg", "field", "noSuchMember"), "no such member");
    EXPECT_FALSE(label_in("bg", "field.noSuchMember").has_value());
    EXPECT_EQ(spaced("familyName"), "family name");
    EXPECT_EQ(spaced("request-sent"), "request sent");
}

TEST(Words, of_the_yearly_report_are_whole_in_every_language)
{
    for (auto const& word : words_of_year())
        for (std::size_t i = 0; i < word.in.size(); ++i)
            EXPECT_FALSE(word.in.at(i).empty()) << word.key << " " << i;
    EXPECT_EQ(word_in("bg", "year.title"), "Защита на данните");
    EXPECT_EQ(word_in("xx", "year.title"), "Data protection");
    EXPECT_EQ(word_in("bg", "year.no such word"), "year.no such word");
}

TEST(Told, what_a_content_says_stands_in_the_language_of_the_paper)
{
    auto const content = json::parse(
        R"({"result":"hit","vehicles":[{"plate":"B 123 ABC","registrationState":"RO",)"
        R"("stolen":false}],"decision":{"verdict":"permitted"},"text":""})")
                             .value();
    auto const told
        = told_by(content, "bg", [](std::string_view text) { return std::string { text } + "!"; });
    ASSERT_EQ(told.size(), 4U) << "neither the decision nor what is empty";
    EXPECT_EQ(told[0].value.runs.at(0).text, "Съвпадение");
    auto const within = label_in("bg", "field", "vehicles") + " \u203a ";
    EXPECT_EQ(told[1].name, within + label_in("bg", "field", "plate"));
    EXPECT_EQ(told[1].value.runs.at(0).text, "B 123 ABC!") << "through the mask";
    EXPECT_EQ(told[2].value.runs.at(0).text, "Румъния");
    EXPECT_EQ(told[3].value.runs.at(0).text, "не");
}

} // namespace comity::document
