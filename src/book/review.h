#pragma once

#include "treaty/table.h"

/// Which pages of the book a jurist has held against the text and signed.
namespace comity::book {

struct Review {
    std::string page; ///< "article-13", "annexed-lists".
    std::string reviewer; ///< Name and office.
    Date date;
    std::string edition; ///< Of the page that was signed: SHA-256 in hexadecimal.
};

constexpr std::size_t reviews_max = 2000;
constexpr std::size_t reviewer_bytes_max = 200;

/// "preamble" for 0, else "article-13".
std::string page_name(int article);
constexpr std::string_view annexed_lists_page = "annexed-lists";
constexpr std::string_view reservations_page = "reservations";

/// Reads reviews.tsv: article (0 for the preamble, 1 to 42, annexed-lists, reservations), reviewer,
/// date, edition; '#' begins a remark. Errors: malformed, naming line and column: another article,
/// a date before the signature of the Convention or after `today`, an edition that is no SHA-256,
/// one page reviewed twice by one person on one day; too_large over the limits.
Result<std::vector<Review>> read_reviews(treaty::File const& file, Date today);

} // namespace comity::book
