#include "search/dna/exchange_file.h"
#include "search/dna/xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace comity::search::dna {
namespace {

Error wrong(XmlElement const& element, std::string_view what)
{
    auto place = fmt::format("line {}, {}", element.line, element.name.substr(0, 40));
    return { Error::Kind::malformed, fmt::format("{}: {}", place, what), place };
}

std::string tag(std::string_view name, std::string_view text)
{
    return fmt::format("<{0}>{1}</{0}>", name, xml_escaped(text));
}

std::string party(std::string_view name, PruemMessage const& message, bool requesting)
{
    return fmt::format("    <{0}>{1}{2}{3}{4}{5}</{0}>\n", name,
        tag("source_isocode", requesting ? message.from : message.to),
        tag("destination_isocode", requesting ? message.to : message.from),
        tag("request_id", message.request_id), tag("date", message.date),
        tag("time", message.time));
}

/// Two values as they are sent.
std::pair<std::string, std::string> values_sent(Typing const& typing, std::set<std::string>& lost)
{
    auto const sent = [&](Allele allele) {
        if (allele == rare) lost.insert("rare values: sent as wildcards");
        return allele == rare ? "*" : to_text(allele);
    };
    if (typing.count == 2) return { sent(typing.alleles[0]), sent(typing.alleles[1]) };
    lost.insert("three alleles: the first is sent with a wildcard");
    return { sent(typing.alleles[0]), "*" };
}

std::string loci_sent(
    Genotype const& genotype, LocusTable const& table, bool ess, std::set<std::string>& lost)
{
    std::string out;
    for (auto const& typing : genotype) {
        auto const& locus = table.loci()[typing.locus];
        bool const first = locus.group == Locus::Group::ess || locus.group == Locus::Group::sex;
        if (locus.pruem.empty()) lost.insert(fmt::format("locus {}", locus.name));
        if (locus.pruem.empty() || first != ess) continue;
        auto const [low, high] = values_sent(typing, lost);
        out += fmt::format("        <{0}>{1}{2}</{0}>\n", locus.pruem, tag("low_allele", low),
            tag("high_allele", high));
    }
    return out;
}

std::string record_text(
    PruemRecord const& record, LocusTable const& table, std::set<std::string>& lost)
{
    auto const& profile = record.profile;
    bool const stain = profile.category == Category::unknown_stain
        || profile.category == Category::unidentified_body;
    if (profile.category != Category::unknown_stain && profile.category != Category::known_person)
        lost.insert("category: sent as person or stain");
    return fmt::format(
        "    <PRUEM_datas>\n      {}{}{}{}{}{}{}\n      <profile>\n        <ess_issol>\n{}"
        "        </ess_issol>\n        <additional_loci>\n{}        </additional_loci>\n"
        "        {}{}\n      </profile>\n      {}{}{}{}\n    </PRUEM_datas>\n",
        tag("reqtype", std::to_string(record.request_type)), tag("date", record.date),
        tag("type", stain ? "S" : "P"),
        tag("result", std::string(1, static_cast<char>(record.result))),
        tag("agency", record.agency), tag("profile_ident", profile.reference),
        tag("message", record.message), loci_sent(profile.genotype, table, true, lost),
        loci_sent(profile.genotype, table, false, lost), tag("marker", profile.kit),
        tag("profile_id", profile.reference), tag("match_id", record.match_id),
        tag("quality", std::to_string(record.quality)),
        tag("hitcount", std::to_string(record.hit_count)),
        tag("rescount", std::to_string(record.result_count)));
}

Result<unsigned> number_in(XmlElement const& element, std::string_view name)
{
    auto const text = element.child_text(name);
    unsigned out = 0;
    auto const read = std::from_chars(text.data(), text.data() + text.size(), out);
    if (read.ec != std::errc {} || read.ptr != text.data() + text.size())
        return wrong(element, fmt::format("{} is no number", name));
    return out;
}

Result<void> read_loci(
    XmlElement const* element, LocusTable const& table, std::vector<Typing>& typings)
{
    if (element == nullptr) return {};
    for (auto const& each : element->children) {
        auto const& loci = table.loci();
        auto const known = std::ranges::find(loci, each.name, &Locus::pruem);
        if (known == loci.end()) return wrong(each, "no such locus");
        auto const low = parse_allele(each.child_text("low_allele"), *known);
        auto const high = parse_allele(each.child_text("high_allele"), *known);
        if (!low.ok()) return wrong(each, low.error().what);
        if (!high.ok()) return wrong(each, high.error().what);
        auto const typing = make_typing(
            static_cast<LocusNumber>(known - loci.begin()), { low.value(), high.value() });
        typings.push_back(typing.value());
    }
    return {};
}

Result<PruemRecord> read_record(XmlElement const& element, LocusTable const& table)
{
    auto const* profile = element.child("profile");
    if (profile == nullptr) return wrong(element, "there is no profile");
    PruemRecord out;
    out.profile.reference = element.child_text("profile_ident");
    auto const good = check_reference(out.profile.reference);
    if (!good.ok()) return wrong(element, "profile_ident: " + good.error().what);
    auto const type = element.child_text("type");
    if (type != "P" && type != "S") return wrong(element, "type is not P or S");
    out.profile.category = type == "P" ? Category::known_person : Category::unknown_stain;
    out.profile.kit = profile->child_text("marker");
    std::vector<Typing> typings;
    TRY(read_loci(profile->child("ess_issol"), table, typings));
    TRY(read_loci(profile->child("additional_loci"), table, typings));
    auto genotype = make_genotype(std::move(typings), table);
    if (!genotype.ok()) return wrong(element, genotype.error().what);
    out.profile.genotype = genotype.take();
    out.request_type = static_cast<int>(TRY(number_in(element, "reqtype")));
    if (out.request_type != 3 && out.request_type != 4)
        return wrong(element, "reqtype is not 3 or 4");
    auto const result = element.child_text("result");
    if (result.size() != 1 || std::string_view { "UHNE" }.find(result[0]) == std::string_view::npos)
        return wrong(element, "result is not U, H, N or E");
    out.result = static_cast<PruemRecord::Result>(result[0]);
    out.quality = TRY(number_in(element, "quality"));
    if (out.quality > 4) return wrong(element, "quality is not 0 to 4");
    out.hit_count = TRY(number_in(element, "hitcount"));
    out.result_count = TRY(number_in(element, "rescount"));
    out.date = element.child_text("date");
    out.agency = element.child_text("agency");
    out.message = element.child_text("message");
    out.match_id = element.child_text("match_id");
    return out;
}

} // namespace

Exported write_pruem(PruemMessage const& message, LocusTable const& table)
{
    MUST(message.records.size() <= pruem_records_max);
    std::set<std::string> lost;
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PRUEMDNA>\n  <header>\n";
    out += fmt::format("    {}{}{}{}\n", tag("direct", message.answer ? "A" : "R"),
        tag("ref", message.reference), tag("generator", "comity"), tag("schema_version", "1.0"));
    out += party("requesting", message, true) + party("requested", message, false);
    out += "  </header>\n  <datas>\n";
    for (auto const& record : message.records) {
        auto const& profile = record.profile;
        if (profile.iso_17025) lost.insert("the mark of ISO 17025");
        if (profile.consent) lost.insert("the consent of a relative");
        if (!profile.laboratory.empty()) lost.insert("the laboratory");
        out += record_text(record, table, lost);
    }
    return { out + "  </datas>\n</PRUEMDNA>\n", { lost.begin(), lost.end() } };
}

Result<PruemMessage> read_pruem(std::string_view xml, LocusTable const& table)
{
    auto const root = TRY(read_xml(xml));
    auto const* header = root.child("header");
    auto const* datas = root.child("datas");
    if (!root.name.starts_with("PRUEMDNA") || header == nullptr || datas == nullptr)
        return wrong(root, "this is no message with header and datas");
    auto const* requesting = header->child("requesting");
    if (requesting == nullptr) return wrong(*header, "there is no requesting Party");
    PruemMessage out;
    auto const direction = header->child_text("direct");
    if (direction != "R" && direction != "A") return wrong(*header, "direct is not R or A");
    out.answer = direction == "A";
    out.reference = header->child_text("ref");
    out.from = requesting->child_text("source_isocode");
    out.to = requesting->child_text("destination_isocode");
    out.request_id = requesting->child_text("request_id");
    out.date = requesting->child_text("date");
    out.time = requesting->child_text("time");
    if (datas->children.empty() || datas->children.size() > pruem_records_max)
        return wrong(*datas,
            fmt::format("{} records, not 1 to {}", datas->children.size(), pruem_records_max));
    for (auto const& each : datas->children) out.records.push_back(TRY(read_record(each, table)));
    return out;
}

} // namespace comity::search::dna
