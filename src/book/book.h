#pragma once

#include "book/review.h"
#include "book/words.h"
#include "document/document.h"
#include "treaty/commentary.h"

/// The book of the law: what a jurist, with a programmer beside her, holds against the text of the
/// Convention and signs. One page for the preamble and each of the 42 articles, one for the annexed
/// lists, one for the reservations, and an index.
namespace comity::book {

struct Page {
    std::string name; ///< "index", "article-13", "annexed-lists".
    document::Document document;
};

/// Everything that the book is made of, beside the law itself.
struct Material {
    treaty::Files cases; ///< Files of text cases.
    std::vector<treaty::Requirement> requirements;
    std::vector<Review> reviews;
    Date on; ///< The date that the parameters are told for.
    Words words {}; ///< English where no other language is given.
};

/// The page that a provision, a duty or a reservation stands on; no other has it. Empty for what is
/// no such id.
std::string page_of(std::string_view id);

/// The index first, then the pages in the order of the text. A page says its edition, the hash over
/// its words and over the functions of its rules; it names its last review, and says so where
/// another edition was reviewed. Errors: those of read_cases(); not_found for a rule whose source
/// is not in this program.
Result<std::vector<Page>> make_book(
    treaty::Law const& law, Material const& material, treaty::HashFunction const& hash);

} // namespace comity::book
