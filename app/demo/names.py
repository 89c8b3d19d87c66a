"""French given and family names, of the many origins that France has."""

from __future__ import annotations

from random import Random

GIVEN = """
Adèle Agathe Aïcha Alexandre Alice Alix Amadou Amandine Amélie Amina Anaïs Andréa Anne Anthony
Antoine Antonin Arnaud Arthur Assia Audrey Aurélie Aurélien Aya Baptiste Basile Bastien Benoît
Bérénice Bilal Blandine Boris Bruno Camille Capucine Carine Cécile Céline Charlotte Chloé
Christelle Claire Clémence Clément Coralie Corentin Cyril Damien David Déborah Delphine Diane
Dimitri Djibril Dominique Driss Éléonore Élise Élodie Éloi Émeline Émilien Emma Enzo Erwan
Estelle Esther Étienne Eugénie Fabien Fanny Farid Fatou Félix Florence Florian Franck François
Frédérique Gabriel Gaëlle Garance Gaspard Gauthier Geoffroy Grégory Guillaume Gwenaëlle Hakim
Hélène Héloïse Hugo Ibrahim Idriss Inès Irène Isaac Jade Jean-Marc Jérôme Joséphine Judith Julien
Justine Kadiatou Karim Kevin Khadija Laëtitia Laure Laurent Léa Léo Léonie Liam Lila Linh Loïc
Lou Louis Louise Lucas Lucie Ludivine Lydie Maël Maëlle Malik Manon Marc Margaux Marianne
Marie-Ange Marion Martin Mathilde Mathis Matthieu Maud Maxence Mehdi Mélanie Mickaël Mohamed
Morgane Moussa Myriam Nadia Nathan Nicolas Nina Noé Noémie Nora Océane Odile Olivier Oumar
Ousmane Pascal Patrice Paul Pauline Perrine Philippe Pierre Quentin Rachel Raphaël Rayan Régis
Rémi Renaud Romain Romane Rosalie Sabrina Sacha Salomé Samir Sandrine Sarah Sébastien Séverine
Simon Solène Sophie Soraya Stéphane Sylvain Tanguy Tatiana Tess Théo Thibault Thomas Tiphaine
Titouan Ugo Valentin Valérie Vanessa Victoire Victor Vincent Violaine Wassim Xavier Yacine Yann
Yasmine Yoann Youssef Yvan Zoé
""".split()  # noqa: SIM905

FAMILY = """
Abadie Adam Aït-Ali Allard Amar Andrieu Arnoux Aubert Aubry Auger Bailly Barbier Baron Barré
Bazin Beaufils Beaumont Belkacem Benali Benoist Béranger Bernier Berthelot Bertin Besnard Besson
Bigot Blondel Bocquet Boisselier Bonnard Bonnet Bordes Bouchet Boulanger Bouquet Bourdon Bousquet
Boyer Brault Briand Brunel Buisson Camara Carlier Caron Carpentier Carré Castel Chabot
Charpentier Chauvin Chevallier Cissé Clerc Cochet Colin Collet Cordier Cornu Costa Coulibaly
Courtois Couturier Crépin Da-Costa Daniel Dansou Delannoy Delattre Delmas Demange Denoual
Descamps Deschamps Devaux Diallo Diarra Dos-Santos Doucet Dubreuil Dufour Dujardin Dumoulin
Duprat Duquesne Dutheil El-Amrani Escoffier Étienne Fabre Faivre Faucheux Favreau Fernandes
Ferrand Ferreira Fleury Fofana Forestier Fouquet Fournel Gaillard Galland Garcia Garnier Gaudin
Gauthier Genin Gérard Germain Gilles Girault Godard Gomez Gontier Gosselin Grandjean Granger
Grosjean Guérin Guichard Guillot Haddad Hamon Hardouin Haudebourg Hébert Hénault Hervieu Huet
Humbert Imbert Jacquet Jamet Janvier Joly Jouanneau Kaced Keïta Kermarrec Klein Kowalski Labbé
Lacombe Lafargue Lagarde Lahaye Lamy Langlois Laporte Lavigne Le-Bihan Le-Goff Leblond Leclère
Lecomte Lefèvre Legendre Lejeune Lemaître Lenoir Leroux Lesage Letellier Levasseur Lévêque Lopez
Loiseau Lucas Maillard Maillet Mallet Mansouri Marchand Maréchal Martel Masson Mathieu Maurel
Mercadier Meunier Meyer Millet Monnier Morand Moreau Morvan Moulin Muller N’Diaye Navarro Neveu
Nguyen Nivelle Noël Olivier Ollivier Oudin Ouedraogo Pacaud Parisot Pasquier Payet Péan Pelletier
Perrault Perrier Petitjean Peyron Pham Picard Pichon Pinault Poirier Pons Poulain Prévost Pujol
Quéré Rahmani Rambaud Raynaud Regnault Renard Reynier Ribeiro Rivoire Robin Rocher Rolland
Rouault Rousseau Roussel Royer Sabatier Saïdi Salaün Samson Sanchez Sauvage Savary Schmitt Seguin
Sérusclat Simonet Sissoko Sorel Soulier Tanguy Tardieu Tessier Texier Thébault Thévenet Thierry
Tissot Touré Tournier Traoré Tran Trouvé Vallée Vanier Vasseur Verdier Vial Vidal Vignaud Villard
Vincent Voisin Wagner Weber Yilmaz Zeller
""".split()  # noqa: SIM905


def draw_names(random: Random, count: int) -> list[tuple[str, str]]:
    """Draw given and family names, no full name twice; ``-`` in « Le-Goff » reads as a space."""
    families = [name.replace("-", " ", 1) for name in FAMILY]
    drawn: dict[tuple[str, str], None] = {}
    while len(drawn) < count:
        drawn[random.choice(GIVEN), random.choice(families)] = None
    return list(drawn)
