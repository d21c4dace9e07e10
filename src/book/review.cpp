#include "book/review.h"

#include "treaty/article.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace comity::book {
namespace {

constexpr std::size_t columns = 4;

std::vector<std::string_view> cells_of(std::string_view row)
{
    std::vector<std::string_view> out;
    for (;;) {
        auto const end = row.find('\t');
        out.push_back(row.substr(0, end));
        if (end == row.npos) return out;
        row.remove_prefix(end + 1);
    }
}

std::optional<std::string> page_of(std::string_view article)
{
    if (article == annexed_lists_page || article == reservations_page)
        return std::string { article };
    int number = 0;
    auto const [end, code]
        = std::from_chars(article.data(), article.data() + article.size(), number);
    bool const whole = code == std::errc {} && end == article.data() + article.size();
    if (!whole || !treaty::find_article(number)) return std::nullopt;
    return page_name(number);
}

bool is_sha256(std::string_view text)
{
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

Error wrong(treaty::File const& file, std::size_t line, std::string_view what,
    Error::Kind kind = Error::Kind::malformed)
{
    return { kind, fmt::format("{} line {}: {}", file.name, line, what),
        fmt::format("{}:{}", file.name, line) };
}

Result<Review> read_row(
    treaty::File const& file, std::size_t line, std::string_view row, Date today)
{
    auto const cells = cells_of(row);
    if (cells.size() != columns)
        return wrong(file, line, "expected article, reviewer, date, edition, tabs between them");
    auto const page = page_of(cells[0]);
    if (!page) return wrong(file, line, "article must be 0 to 42, annexed-lists or reservations");
    if (cells[1].empty() || cells[1].size() > reviewer_bytes_max)
        return wrong(
            file, line, fmt::format("reviewer must have 1 to {} bytes", reviewer_bytes_max));
    auto const date = parse_date(cells[2]);
    if (!date.ok() || date.value() < treaty::text_since || date.value() > today)
        return wrong(file, line,
            fmt::format(
                "date must be a day from {} to {}", to_text(treaty::text_since), to_text(today)));
    if (!is_sha256(cells[3]))
        return wrong(file, line, "edition must be 64 digits of lower-case hexadecimal");
    return Review { *page, std::string { cells[1] }, date.value(), std::string { cells[3] } };
}

} // namespace

std::string page_name(int article)
{
    return article == 0 ? "preamble" : fmt::format("article-{:02}", article);
}

Result<std::vector<Review>> read_reviews(treaty::File const& file, Date today)
{
    std::vector<Review> out;
    std::string_view text { file.text };
    bool titled = false;
    for (std::size_t line = 1; !text.empty(); ++line) {
        auto const end = text.find('\n');
        auto const row = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        if (row.empty() || row.starts_with('#')) continue;
        if (!titled) {
            if (row != "article\treviewer\tdate\tedition")
                return wrong(file, line, "the columns are article, reviewer, date, edition");
            titled = true;
            continue;
        }
        if (out.size() == reviews_max)
            return wrong(
                file, line, fmt::format("more than {} rows", reviews_max), Error::Kind::too_large);
        auto review = TRY(read_row(file, line, row, today));
        auto const same = [&](Review const& each) {
            return each.page == review.page && each.reviewer == review.reviewer
                && each.date == review.date;
        };
        if (std::ranges::any_of(out, same))
            return wrong(file, line, "one reviewer reviewed one page twice on one day");
        out.push_back(std::move(review));
    }
    if (!titled) return wrong(file, 1, "the columns are article, reviewer, date, edition");
    return out;
}

} // namespace comity::book
