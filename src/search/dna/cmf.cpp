#include "search/dna/exchange_file.h"
#include "search/dna/xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace comity::search::dna {
namespace {

Error wrong(XmlElement const& element, std::string_view what)
{
    auto place = fmt::format("line {}, {}", element.line, element.name.substr(0, 40));
    return { Error::Kind::malformed, fmt::format("{}: {}", place, what), place };
}

struct CategoryWord {
    std::string_view word;
    Category category;
    bool exact; ///< Says no more than the category does.
};
using enum Category;
constexpr CategoryWord category_words[] {
    { "Forensic, Unknown", unknown_stain, true },
    { "Forensic, Partial", unknown_stain, false },
    { "Forensic, Targeted", unknown_stain, false },
    { "Suspect, Known", known_person, true },
    { "Convicted Offender", known_person, false },
    { "Arrestee", known_person, false },
    { "Detainee", known_person, false },
    { "Juvenile", known_person, false },
    { "Legal", known_person, false },
    { "CO Duplicate", known_person, false },
    { "Missing Person", missing_person, true },
    { "Deduced Missing Person", missing_person, false },
    { "Unidentified Person", unidentified_body, true },
    { "Deceased", unidentified_body, false },
    { "Biological Child", relative, true },
    { "Biological Father", relative, false },
    { "Biological Mother", relative, false },
    { "Biological Sibling", relative, false },
    { "Maternal Relative", relative, false },
    { "Paternal Relative", relative, false },
};

/// The word first written for a category.
std::string_view word_of(Category category)
{
    for (auto const& each : category_words)
        if (each.category == category) return each.word;
    MUST(false);
    return {};
}

class CmfReading {
public:
    explicit CmfReading(LocusTable const& table)
        : table_(table)
    {
    }

    Result<Imported> all(XmlElement const& root)
    {
        if (root.name != "CODISImportFile") return wrong(root, "the root is CODISImportFile");
        if (root.child_text("HEADERVERSION") != "3.2")
            return wrong(root, "HEADERVERSION is not 3.2");
        Imported out;
        for (auto const& each : root.children) {
            if (each.name != "SPECIMEN") {
                lose(each.name == "BATCHID", "BATCHID of the file");
                continue;
            }
            if (out.profiles.size() == import_profiles_max)
                return wrong(
                    each, fmt::format("more than the limit of {} profiles", import_profiles_max));
            out.profiles.push_back(TRY(specimen(each, root)));
            if (!references_.insert(out.profiles.back().reference).second)
                return wrong(
                    each, fmt::format("{} stands there twice", out.profiles.back().reference));
        }
        out.not_carried.assign(lost_.begin(), lost_.end());
        return out;
    }

private:
    void lose(bool condition, std::string what)
    {
        if (condition) lost_.insert(std::move(what));
    }

    Result<Profile> specimen(XmlElement const& element, XmlElement const& root)
    {
        Profile out;
        out.reference = element.child_text("SPECIMENID");
        auto const good = check_reference(out.reference);
        if (!good.ok()) return wrong(element, "SPECIMENID: " + good.error().what);
        auto const word = element.child_text("SPECIMENCATEGORY");
        auto const known = std::ranges::find(category_words, word, &CategoryWord::word);
        if (known == std::end(category_words))
            return wrong(element,
                fmt::format("SPECIMENCATEGORY \"{}\" is not exchanged under Article 20",
                    word.substr(0, 40)));
        out.category = known->category;
        out.laboratory = root.child_text("SOURCELAB");
        out.kit = root.child_text("KIT");
        lose(!known->exact,
            fmt::format("SPECIMENCATEGORY {}: kept as {}", known->word, word_of(known->category)));
        lose(element.child("SPECIMENCOMMENT") != nullptr, "SPECIMENCOMMENT");
        for (auto const& [name, value] : element.attributes)
            lose(true, fmt::format("attribute {}", name.substr(0, 20)));
        std::vector<Typing> typings;
        for (auto const& each : element.children)
            if (each.name == "LOCUS") TRY(locus(each, typings));
        auto genotype = make_genotype(std::move(typings), table_);
        if (!genotype.ok()) return wrong(element, genotype.error().what);
        out.genotype = genotype.take();
        return out;
    }

    Result<void> locus(XmlElement const& element, std::vector<Typing>& typings)
    {
        auto const name = element.child_text("LOCUSNAME");
        auto const number = table_.find(name);
        if (!number)
            return wrong(element, fmt::format("no locus is called \"{}\"", name.substr(0, 40)));
        lose(element.child("READINGBY") != nullptr, "READINGBY");
        lose(element.child("READINGDATETIME") != nullptr, "READINGDATETIME");
        for (auto const& [attribute, value] : element.attributes)
            lose(true, fmt::format("attribute {} of LOCUS", attribute.substr(0, 20)));
        std::vector<Allele> alleles;
        for (auto const& each : element.children) {
            if (each.name != "ALLELE") continue;
            auto const allele
                = parse_allele(each.child_text("ALLELEVALUE"), table_.loci()[*number]);
            if (!allele.ok()) return wrong(each, allele.error().what);
            lose(!each.attribute("ALLELEREQUIRED").empty(), "attribute ALLELEREQUIRED");
            alleles.push_back(allele.value());
            if (alleles.size() > alleles_max)
                return wrong(
                    element, fmt::format("more than the limit of {} alleles", alleles_max));
        }
        if (alleles.size() == 1) alleles.push_back(alleles.front()); // a homozygote
        if (alleles.empty()) return {};
        auto const typing = make_typing(*number, std::move(alleles));
        if (!typing.ok()) return wrong(element, typing.error().what);
        typings.push_back(typing.value());
        return {};
    }

    LocusTable const& table_;
    std::set<std::string> lost_;
    std::set<std::string> references_;
};

/// The specification allows so many characters.
std::string cut(
    std::string_view text, std::size_t chars, std::set<std::string>& lost, std::string_view what)
{
    if (text.size() > chars) lost.insert(fmt::format("{}: cut to {} characters", what, chars));
    return xml_escaped(text.substr(0, chars));
}

void write_locus(std::string& out, Typing const& typing, CmfHeader const& header,
    LocusTable const& table, std::set<std::string>& lost)
{
    out += fmt::format(
        "    <LOCUS>\n      <LOCUSNAME>{}</LOCUSNAME>\n      <READINGBY>{}</READINGBY>\n"
        "      <READINGDATETIME>{}</READINGDATETIME>\n",
        xml_escaped(table.loci()[typing.locus].name), cut(header.user, 20, lost, "user"),
        xml_escaped(header.submitted));
    bool const same = typing.count == 2 && typing.alleles[0] == typing.alleles[1];
    for (auto const allele : typing.values().first(same ? 1U : typing.count))
        out += fmt::format(
            "      <ALLELE><ALLELEVALUE>{}</ALLELEVALUE></ALLELE>\n", to_text(allele));
    out += "    </LOCUS>\n";
}

} // namespace

Result<Imported> read_cmf(std::string_view xml, LocusTable const& table)
{
    auto const root = TRY(read_xml(xml));
    return CmfReading(table).all(root);
}

Exported write_cmf(
    std::span<Profile const> profiles, CmfHeader const& header, LocusTable const& table)
{
    std::set<std::string> lost;
    std::string out = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<CODISImportFile xmlns=\"urn:CODISImportFile-schema\">\n"
        "  <HEADERVERSION>3.2</HEADERVERSION>\n  <MESSAGETYPE>Import</MESSAGETYPE>\n"
        "  <DESTINATIONORI>{}</DESTINATIONORI>\n  <SOURCELAB>{}</SOURCELAB>\n"
        "  <SUBMITBYUSERID>{}</SUBMITBYUSERID>\n  <SUBMITDATETIME>{}</SUBMITDATETIME>\n",
        cut(header.destination, 10, lost, "destination"),
        cut(header.source_laboratory, 10, lost, "source laboratory"),
        cut(header.user, 20, lost, "user"), xml_escaped(header.submitted));
    for (auto const& profile : profiles) {
        if (profile.iso_17025) lost.insert("the mark of ISO 17025");
        if (profile.consent) lost.insert("the consent of a relative");
        if (!profile.laboratory.empty() && profile.laboratory != header.source_laboratory)
            lost.insert("the laboratory of each profile");
        if (!profile.kit.empty()) lost.insert("the kit of each profile");
        out += fmt::format("  <SPECIMEN SOURCEID=\"{}\">\n    <SPECIMENID>{}</SPECIMENID>\n"
                           "    <SPECIMENCATEGORY>{}</SPECIMENCATEGORY>\n",
            profile.category == Category::unknown_stain ? "No" : "Yes",
            cut(profile.reference, 24, lost, "reference"), word_of(profile.category));
        for (auto const& typing : profile.genotype) write_locus(out, typing, header, table, lost);
        out += "  </SPECIMEN>\n";
    }
    return { out + "</CODISImportFile>\n", { lost.begin(), lost.end() } };
}

} // namespace comity::search::dna
