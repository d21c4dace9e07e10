#pragma once

#include "book/book.h"
#include "book/rule_source.h"

/// One page of the book. What belongs inside this room only.
namespace comity::book {

/// What is told on one page.
struct Chapter {
    std::string name; ///< Of the page.
    std::string title; ///< "Article 13. Hot pursuit".
    std::string place; ///< "chapter 1".
    std::string beside; ///< The page that some of its data stand on instead, or empty.
    std::vector<treaty::ProvisionText> provisions;
    std::vector<RuleSource> sources; ///< In the same order.
    std::vector<treaty::ElsewhereText> elsewhere;
    std::vector<treaty::FactText> facts;
    std::vector<treaty::ParameterText> parameters;
    std::vector<treaty::CaseText> cases;
    std::string edition;
    std::optional<Review> review; ///< The last one.
};

/// "13 provisions", "1 case".
std::string counted(std::size_t count, std::string_view one, std::string_view many);
/// What a jurist signs: the hash over every word about the paragraphs, and over the functions that
/// judge them with the words above those.
std::string edition_of(Chapter const& chapter, treaty::HashFunction const& hash);
/// "not yet reviewed", "reviewed by ... on ...", and whether the page has changed since.
std::string review_in_words(Chapter const& chapter);

std::vector<document::Block> blocks_of(
    Chapter const& chapter, Material const& material, RuleSources const& sources);

} // namespace comity::book
