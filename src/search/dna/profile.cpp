#include "search/dna/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace comity::search::dna {
namespace {

Error wrong(std::string what, std::string field = {})
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

std::string upper(std::string_view text)
{
    std::string out { text };
    for (char& c : out)
        if ('a' <= c && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
}

/// Digits alone, 0 to 99.
std::optional<unsigned> number(std::string_view text)
{
    if (text.empty() || text.size() > 2) return std::nullopt;
    unsigned out = 0;
    auto const read = std::from_chars(text.data(), text.data() + text.size(), out);
    if (read.ec != std::errc {} || read.ptr != text.data() + text.size()) return std::nullopt;
    return out;
}

/// Words that are no number: the annex of 2008/616/JHA, 1.1, on wildcards; CODIS "OL", "R".
std::optional<Allele> word_of(std::string_view text)
{
    for (auto const any : { "*", "O", "F", "NA", "NR", "UN", "0", "1", "99" })
        if (text == any) return wildcard;
    if (text == "R" || text == "OL") return rare;
    if (text.size() > 1 && (text[0] == '<' || text[0] == '>')) {
        auto const whole = text.substr(1, text.find('.') - 1);
        if (number(whole)) return rare;
    }
    return std::nullopt;
}

Error impossible(std::string_view text, Locus const& locus)
{
    return wrong(fmt::format("\"{}\" is no allele of {}: it reads 2 to 98, with up to {} odd bases"
                             " after a point",
                     text.substr(0, 12), locus.name, locus.repeat_bases - 1),
        locus.name);
}

} // namespace

Result<Allele> parse_allele(std::string_view text, Locus const& locus)
{
    auto const word = upper(text);
    if (locus.group == Locus::Group::sex) {
        if (word == "X") return sex_x;
        if (word == "Y") return sex_y;
        if (word == "*") return wildcard;
        return wrong(fmt::format("\"{}\" is not X or Y", text.substr(0, 12)), locus.name);
    }
    if (auto const special = word_of(word)) return *special;
    auto const point = text.find('.');
    auto const whole = number(text.substr(0, point));
    auto const odd = point == std::string_view::npos ? 0U : number(text.substr(point + 1));
    if (!whole || !odd || *whole < 2 || *whole > 98 || *odd >= locus.repeat_bases)
        return impossible(text, locus);
    if (point != std::string_view::npos && text.size() != point + 2) return impossible(text, locus);
    return Allele { static_cast<std::uint16_t>(*whole * 10 + *odd) };
}

std::string to_text(Allele allele)
{
    if (allele == wildcard) return "*";
    if (allele == rare) return "R";
    if (allele == sex_x) return "X";
    if (allele == sex_y) return "Y";
    if (allele.code % 10 == 0) return std::to_string(allele.code / 10);
    return fmt::format("{}.{}", allele.code / 10, allele.code % 10);
}

Result<Typing> make_typing(LocusNumber locus, std::vector<Allele> alleles)
{
    if (alleles.size() < 2)
        return wrong(
            "a locus has two values: a homozygote's is written twice, an unknown one is *");
    if (alleles.size() > alleles_max)
        return wrong(
            fmt::format("{} alleles at one locus, the limit is {}", alleles.size(), alleles_max));
    std::ranges::sort(alleles);
    Typing out { locus, static_cast<std::uint8_t>(alleles.size()), {} };
    std::ranges::copy(alleles, out.alleles.begin());
    return out;
}

LocusMask loci_of(Genotype const& genotype)
{
    LocusMask out = 0;
    for (auto const& typing : genotype) out |= bit_of(typing.locus);
    return out;
}

Typing const* find_typing(Genotype const& genotype, LocusNumber locus)
{
    auto const at = std::ranges::lower_bound(genotype, locus, {}, &Typing::locus);
    return at != genotype.end() && at->locus == locus ? &*at : nullptr;
}

Result<Genotype> make_genotype(std::vector<Typing> typings, LocusTable const& table)
{
    std::ranges::sort(typings, {}, &Typing::locus);
    for (auto const& typing : typings) MUST(typing.locus < table.loci().size());
    auto const twice = std::ranges::adjacent_find(typings, {}, &Typing::locus);
    if (twice == typings.end()) return typings;
    auto const& name = table.loci()[twice->locus].name;
    return wrong(fmt::format("{} stands there twice", name), name);
}

Result<void> check_reference(std::string_view reference)
{
    bool digit = false;
    for (char const c : reference) {
        bool const letter = ('A' <= c && c <= 'Z') || ('a' <= c && c <= 'z');
        digit |= '0' <= c && c <= '9';
        bool const known
            = letter || ('0' <= c && c <= '9') || c == '-' || c == '/' || c == '.' || c == '_';
        if (!known) return wrong("a reference number has letters, digits and -/._", "reference");
    }
    if (!digit) return wrong("a reference number has a digit: it names nobody", "reference");
    if (reference.size() <= reference_chars_max) return {};
    return Error { Error::Kind::too_large,
        fmt::format("a reference number of {} characters, the limit is {}", reference.size(),
            reference_chars_max),
        "reference" };
}

bool mixed(Genotype const& genotype)
{
    auto const with_three
        = std::ranges::count_if(genotype, [](Typing const& each) { return each.count > 2; });
    return with_three > 1
        || std::ranges::any_of(genotype, [](Typing const& each) { return each.count > 3; });
}

} // namespace comity::search::dna
