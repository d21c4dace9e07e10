#include "treaty/article.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace comity::treaty {

TEST(Article, there_are_forty_two_and_a_preamble_in_three_chapters)
{
    ASSERT_EQ(articles().size(), 43);
    for (int i = 0; i <= 42; ++i) EXPECT_EQ(articles()[static_cast<std::size_t>(i)].number, i);
    EXPECT_EQ(find_article(3)->chapter, 0);
    EXPECT_EQ(find_article(4)->chapter, 1);
    EXPECT_EQ(find_article(25)->chapter, 1);
    EXPECT_EQ(find_article(26)->chapter, 2);
    EXPECT_EQ(find_article(32)->chapter, 2);
    EXPECT_EQ(find_article(33)->chapter, 3);
    EXPECT_EQ(find_article(-1), nullptr);
    EXPECT_EQ(find_article(43), nullptr);
}

TEST(Article, an_id_says_where_it_belongs)
{
    EXPECT_EQ(article_of("A31(4)(b)-1"), 31);
    EXPECT_EQ(article_of("A3.1(e)"), 3);
    EXPECT_EQ(article_of("A1"), 1);
    EXPECT_EQ(article_of("RES-HR(2)"), 41);
    EXPECT_EQ(article_of("ANX-0"), 37);
    EXPECT_EQ(article_of("ANX-4(2)"), 4);
    EXPECT_EQ(article_of("ANX-32-L1"), 32);
    EXPECT_EQ(article_of("PRE-2"), 0);
    for (char const* id : { "", "A", "A43", "B1", "ANX-", "31" })
        EXPECT_EQ(article_of(id), std::nullopt) << id;
}

TEST(Article, every_provision_belongs_to_one_and_stands_in_a_file)
{
    std::size_t found = 0;
    for (auto const& each : articles()) found += provisions_of(each.number).size();
    EXPECT_EQ(found, provisions().size());
    for (auto const* each : provisions())
        EXPECT_TRUE(
            std::filesystem::exists(std::filesystem::path { "src/treaty" } / file_of(*each)))
            << each->id;
}

TEST(Article, its_provisions_come_in_the_order_of_the_text)
{
    auto const of_four = provisions_of(4);
    ASSERT_FALSE(of_four.empty());
    EXPECT_EQ(of_four.front()->id, "A4(1)-1");
    EXPECT_EQ(of_four.back()->id, "A4(6)-5");
}

TEST(Article, every_term_of_an_agreement_and_every_national_rule_belongs_to_one)
{
    for (std::size_t i = 0; i < agreement_term_count; ++i)
        EXPECT_NE(find_article(article_of(static_cast<AgreementTerm>(i))), nullptr);
    for (std::size_t i = 0; i < national_rule_count; ++i)
        EXPECT_FALSE(articles_of(static_cast<NationalRule>(i)).empty());
    EXPECT_EQ(article_of(AgreementTerm::pursuit_area_metres), 13);
    EXPECT_EQ(articles_of(NationalRule::weapons_abroad_refused), (std::vector { 26, 28 }));
}

} // namespace comity::treaty
