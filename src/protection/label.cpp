#include "protection/label.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::protection {
namespace {

Error wrong(std::string_view field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), fmt::format("label.{}", field) };
}

bool is_state(std::string_view text)
{
    auto const capital = [](char c) { return 'A' <= c && c <= 'Z'; };
    return text.size() == 2 && std::ranges::all_of(text, capital);
}

Result<void> check_text(std::string_view field, std::string_view text)
{
    if (text.empty()) return wrong(field, "must be given");
    if (text.size() > label_text_bytes_max)
        return wrong(field, fmt::format("is longer than {} bytes", label_text_bytes_max));
    return {};
}

Result<void> check_handling(message::Handling const& handling)
{
    for (auto const& code : handling.codes)
        if (code.size() != 2 || code[0] != 'H' || code[1] < '0' || code[1] > '3')
            return wrong("handling.codes", fmt::format("'{}' is not H0, H1, H2 or H3", code));
    bool const says = std::ranges::find(handling.codes, "H3") != handling.codes.end();
    if (says && handling.text.value_or("").empty())
        return wrong("handling.text", "H3 binds as its text says: give the text");
    return {};
}

bool within(std::string_view letters, std::string const& source)
{
    return source.size() == 1 && letters.find(source[0]) != letters.npos;
}

bool from_one_to(std::uint8_t most, std::uint8_t number)
{
    return 1 <= number && number <= most;
}

Result<void> check_evaluation(message::Evaluation const& evaluation)
{
    if (auto const& four = evaluation.four_by_four)
        if (!within("ABCX", four->source) || !from_one_to(4, four->information))
            return wrong("evaluation.fourByFour", "source is A, B, C or X, information 1 to 4");
    if (auto const& five = evaluation.five_by_five_by_five)
        if (!within("ABCDE", five->source) || !from_one_to(5, five->information)
            || !from_one_to(5, five->dissemination))
            return wrong("evaluation.fiveByFiveByFive",
                "source is A to E, information and dissemination 1 to 5");
    return {};
}

Result<void> check_consents(Label const& label)
{
    if (label.consents.size() > consents_max)
        return wrong("consents", fmt::format("over {} consents", consents_max));
    for (auto const& consent : label.consents) {
        TRY(check_text("consents.number", consent.number));
        if (consent.from != label.owner)
            return wrong("consents.from",
                fmt::format("only {}, whose data it is, can consent (A31(4)(a)-2)", label.owner));
    }
    return {};
}

} // namespace

Date erase_by(Deadlines const& deadlines)
{
    return std::min({ deadlines.own_rule, deadlines.sender.value_or(deadlines.own_rule),
        deadlines.end_of_need.value_or(deadlines.own_rule) });
}

Result<void> check(Label const& label)
{
    if (!is_state(label.owner)) return wrong("owner", "must be two capital letters of a State");
    TRY(check_text("purpose", label.purpose));
    if (label.legal_basis.empty()) return wrong("legalBasis", "must name a provision");
    for (auto const& provision : label.legal_basis) TRY(check_text("legalBasis", provision));
    if (label.level > level_max) return wrong("level", fmt::format("is over {}", level_max));
    TRY(check_handling(label.handling));
    if (label.evaluation) TRY(check_evaluation(*label.evaluation));
    if (label.hold) TRY(check_text("hold.ground", label.hold->ground));
    return check_consents(label);
}

Date destroy_on(Label const& label)
{
    auto const day = erase_by(label.deadlines);
    return label.hold ? std::max(day, label.hold->until) : day;
}

Stage stage_of(Label const& label, Date today)
{
    if (today < erase_by(label.deadlines)) return Stage::kept;
    auto const last = destroy_on(label);
    if (today < last) return Stage::held;
    return today == last ? Stage::due : Stage::overdue;
}

} // namespace comity::protection
